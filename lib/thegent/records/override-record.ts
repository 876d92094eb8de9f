/** A record that the cockpit adds to thegent's override_registry.jsonl, as a run's `--override` would (FORMATS §4); pure. */
import { createHash } from "node:crypto";
import { isKept } from "@/lib/kernel/words/text";
import { canonical, dumps } from "@/lib/thegent/python/json";
import { formatPythonUtc } from "@/lib/thegent/python/time";
import type { JsonObject } from "@/lib/thegent/python/value";
import { longestOwner } from "./owner-limit";

export type NewOverride = {
  /** The owner tag, compared by thegent character by character: José in one form of Unicode is not José in another. */
  owner: string;
  reason: string;
  at: Date;
  /** thegent honours the override while now is before this instant. */
  expiresAt: Date;
};

export const longestReason = 4000;

/** Why an override cannot be written so that thegent honours it as it was said; a sentence, or null when it can. */
export function overrideProblem({ owner, reason, at, expiresAt }: NewOverride): string | null {
  if (owner === "") return "An override needs an owner.";
  if (owner.length > longestOwner) return `The owner is longer than ${longestOwner} characters.`;
  if (reason.trim() === "") return "An override needs a reason.";
  if (reason.length > longestReason) return `The reason is longer than ${longestReason} characters.`;
  if (![owner, reason].every(isKept)) return "The override holds a character that cannot be stored.";
  if (!isOverrideTime(at) || !isOverrideTime(expiresAt))
    return "The override's times do not lie in the years 2000 to 2199.";
  if (expiresAt <= at) return "The override would end before it begins.";
  return null;
}

/** Byte for byte what thegent writes: one line of ASCII with its ending. Throws a RangeError with `overrideProblem`. */
export const overrideLine = (override: NewOverride): Buffer => Buffer.from(`${dumps(recordOf(override))}\n`, "latin1");

/** The key by which a new override is known in the file, whatever its expiry is by then. Two that agree in owner, reason and instant are one. */
export const newOverrideKey = (override: NewOverride): string => overrideKeyOf(recordOf(override));

/**
 * Stands for a record's owner, reason and timestamp as they stand there, which its ending does not change: `placeOf` its timestamp, a space,
 * and lower-case hex SHA-256.
 */
export function overrideKeyOf(record: JsonObject): string {
  const lasting = ["owner", "reason", "timestamp"].map((key) => record.get(key) ?? null);
  const timestamp = record.get("timestamp");
  return `${placeOf(typeof timestamp === "string" ? timestamp : "")} ${createHash("sha256").update(canonical(lasting)).digest("hex")}`;
}

/** The part of a key by which lines are passed over unread: a timestamp that a line holds as it is, else nothing. */
export const placeOf = (timestamp: string): string => (/^[ !#-[\]-~]{0,64}$/.test(timestamp) ? timestamp : "");

/** `placeOf` the timestamp of the record that has this key. */
export const placeIn = (key: string): string => key.slice(0, -65);

/** Years in which microseconds since the epoch are exact, and before which no form of a text needs to end (same-form-time.ts). */
export function isOverrideTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 2000 && year <= 2199;
}

/** Keys in thegent's order. */
function recordOf(override: NewOverride): JsonObject {
  const problem = overrideProblem(override);
  if (problem !== null) throw new RangeError(problem);
  const { owner, reason, at, expiresAt } = override;
  return new Map([
    ["owner", owner],
    ["reason", reason],
    ["timestamp", formatPythonUtc(at)],
    ["expires_at_utc", formatPythonUtc(expiresAt)],
  ]);
}
