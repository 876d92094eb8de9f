import { withinCalendar } from "@/lib/kernel/calendar";
import { isKept, nameUnkept } from "@/lib/kernel/words/text";
import { parsePythonJson, PythonJsonError, strictJson } from "@/lib/thegent/python/json";
import { decodeUtf8, strip } from "@/lib/thegent/python/text";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { isObject, type JsonObject, type JsonValue } from "@/lib/thegent/python/value";
import { dialectOf, type Dialect } from "./dialect";
import type { ParsedRecord } from "./format";

/** `mayWait` false: of the queue, and says itself that it does not wait. */
export type Unusable = { ok: false; reason: string; mayWait?: boolean };
const longestReason = 500;
export const unusable = (reason: string): Unusable => ({
  ok: false,
  reason: nameUnkept(reason.slice(0, longestReason)),
});

/** What a kind's parser says about a record; the rest of ParsedRecord is the same for every kind. */
export type Facts = {
  ok: true;
  kind: string;
  recordedAt: Date | null;
  runId?: string | null;
  identityKey?: string;
  dialect?: Dialect | null;
};

/** Reads a record and lets `describe` judge it. Never throws. */
export function parseRecord(bytes: Uint8Array, describe: (value: JsonObject) => Facts | Unusable): ParsedRecord {
  const read = readObject(bytes);
  if (!read.ok) return read;
  const facts = describe(read.value);
  if (!facts.ok) return facts;
  const { kind, recordedAt, runId = null, identityKey = null, dialect = null } = facts;
  // Nearly always the text itself is the strict JSON asked for; only Python's three words are not.
  const parsed = /NaN|Infinity/.test(read.text) ? strictJson(read.value) : read.text;
  return { ok: true, kind: nameUnkept(kind.slice(0, 100)), runId, recordedAt, identityKey, dialect, parsed };
}

export function readObject(bytes: Uint8Array): { ok: true; value: JsonObject; text: string } | Unusable {
  const decoded = decodeUtf8(bytes);
  if (decoded === null) return unusable("It is not valid UTF-8, which stops thegent's own readers of this file.");
  const text = strip(decoded);
  try {
    const value = parsePythonJson(text);
    return isObject(value)
      ? { ok: true, value, text }
      : { ...unusable("It is JSON, but not an object."), mayWait: false };
  } catch (error) {
    if (error instanceof PythonJsonError) return unusable(`It is not JSON: ${error.message}.`);
    throw error;
  }
}

/** A text exactly as it is said, for whatever it identifies. */
export function exactOf(value: JsonObject, key: string): string | null {
  const found = value.get(key);
  return typeof found === "string" ? found : null;
}

/** A text for reading, of which no more than `most` is taken: what no column holds of it is named in its place. */
export function textOf(value: JsonObject, key: string, most = Infinity): string | null {
  const found = exactOf(value, key);
  // Cut first: half of a character that the cut leaves is named, too.
  return found === null ? null : nameUnkept(found.slice(0, most));
}

/** The record's own word for what it is, else what its file holds. */
export const kindOf = (value: JsonObject, otherwise: string): string =>
  textOf(value, "event") ?? textOf(value, "event_type") ?? otherwise;

/** Which thegent wrote a record of a file of this kind; null: it does not tell. */
export const dialectOfRecord = (kind: string, value: JsonObject): Dialect | null =>
  dialectOf(kind, { keys: [...value.keys()], get: (key) => value.get(key) });

export const longestRunId = 512;

/** The run a record belongs to: null without a text there; refused when the text cannot be kept exactly. */
export function runIdOf(value: JsonObject): { ok: true; runId: string | null } | Unusable {
  const runId = exactOf(value, "run_id");
  if (runId === null) return { ok: true, runId: null };
  if (runId.length > longestRunId) return unusable(`Its run_id is longer than ${longestRunId} characters.`);
  if (!isKept(runId)) return unusable("Its run_id holds a character that cannot be stored.");
  return { ok: true, runId };
}

/**
 * The instant a value names as thegent reads it, to the millisecond below: `now > instant` stays the same for a clock that counts
 * milliseconds. Null for anything else than an aware time. One outside the calendar stops at its end.
 */
export function instantOf(value: JsonValue | undefined): Date | null {
  const time = typeof value === "string" ? parsePythonTime(value) : null;
  if (!time?.aware) return null;
  return withinCalendar(Math.floor(time.micros / 1000));
}
