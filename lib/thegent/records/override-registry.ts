import type { JsonObject } from "@/lib/thegent/python/value";
import type { ParsedRecord } from "./format";
import { overrideKeyOf } from "./override-record";
import { dialectOfRecord, exactOf, instantOf, kindOf, parseRecord, textOf, unusable, type Unusable } from "./reading";

/** FORMATS §1.2, §4. Without an owner or a usable expiry thegent passes the line over, so it overrides nothing. */
export const parseOverrideRegistry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const read = readOverrideRecord(value);
    if (!read.ok) return read;
    return {
      ok: true,
      kind: kindOf(value, "override"),
      recordedAt: instantOf(value.get("timestamp")),
      dialect: dialectOfRecord("override_registry", value),
    };
  });

/** An override as the file tells it, ready for text columns. Times in milliseconds since the epoch. */
export type OverrideRecord = {
  /** What `endOverride` knows it by. */
  key: string;
  owner: string;
  reason: string;
  recordedAtMs: number | null;
  /** To the millisecond below; thegent honours the override while now is before it. */
  expiresAtMs: number;
};

/** Refuses what overrides nothing. */
export function readOverrideRecord(value: JsonObject): { ok: true; record: OverrideRecord } | Unusable {
  const owner = exactOf(value, "owner");
  if (owner === null) return unusable("It has no owner, so it overrides nothing.");
  const expiresAt = instantOf(value.get("expires_at_utc"));
  if (!expiresAt)
    return unusable("Its expires_at_utc is missing or not a time with an offset; thegent passes it over.");
  const recordedAtMs = instantOf(value.get("timestamp"))?.getTime() ?? null;
  return {
    ok: true,
    record: {
      key: overrideKeyOf(value),
      owner,
      reason: textOf(value, "reason") ?? "",
      recordedAtMs,
      expiresAtMs: expiresAt.getTime(),
    },
  };
}
