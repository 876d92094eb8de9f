import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §1.2, §7.1. */
export const parseCircuitBreakers = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "target") === null) return unusable("It has no target, so it belongs to no circuit.");
    return { ok: true, kind: kindOf(value, "failure"), recordedAt: instantOf(value.get("timestamp")) };
  });
