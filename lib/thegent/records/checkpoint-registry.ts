import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §1.2. */
export const parseCheckpointRegistry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "checkpoint_id") === null) return unusable("It has no checkpoint_id.");
    return { ok: true, kind: kindOf(value, "checkpoint"), recordedAt: instantOf(value.get("created_at_utc")) };
  });
