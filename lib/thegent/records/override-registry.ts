import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, textOf, unusable } from "./reading";

/** FORMATS §1.2, §4. Without an owner or a usable expiry thegent passes the line over, so it overrides nothing. */
export const parseOverrideRegistry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    if (textOf(value, "owner") === null) return unusable("It has no owner, so it overrides nothing.");
    if (!instantOf(value.get("expires_at_utc"))) return unusable("Its expires_at_utc is missing or not a time with an offset; thegent passes it over.");
    return { ok: true, kind: kindOf(value, "override"), recordedAt: instantOf(value.get("timestamp")) };
  });
