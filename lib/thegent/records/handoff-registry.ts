import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §7.6. A snapshot has no event_type; what happened to it later has. */
export const parseHandoffRegistry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "snapshot_id") === null) return unusable("It has no snapshot_id.");
    return { ok: true, kind: kindOf(value, "snapshot"), recordedAt: instantOf(value.get("timestamp")) };
  });
