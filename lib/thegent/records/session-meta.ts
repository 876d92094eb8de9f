import type { ParsedRecord } from "./format";
import { instantOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §1.3. */
export const parseSessionMeta = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "session_id") === null) return unusable("It has no session_id.");
    return { ok: true, kind: "session", recordedAt: instantOf(value.get("started_at_utc")) };
  });
