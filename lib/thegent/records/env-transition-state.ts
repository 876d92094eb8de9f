import type { ParsedRecord } from "./format";
import { instantOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §1.2. */
export const parseEnvTransitionState = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "last_environment") === null) return unusable("It has no last_environment.");
    return { ok: true, kind: "environment", recordedAt: instantOf(value.get("updated_at")) };
  });
