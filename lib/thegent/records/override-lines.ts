/** What thegent's override_registry.jsonl says, and what ends an override in it; pure. */
import { everyLine, type Line } from "@/lib/thegent/python/lines";
import { endInSameForm } from "@/lib/thegent/python/same-form-time";
import { parsePythonTime } from "@/lib/thegent/python/time";
import type { JsonObject } from "@/lib/thegent/python/value";
import { newOverrideKey, overrideKeyOf, overrideLine, placeIn, placeOf, type NewOverride } from "./override-record";
import { readObject } from "./reading";

/**
 * thegent's has_unexpired (FORMATS §4): whether any line has exactly this owner and expires after `now`. Lines that cannot be read and
 * times without an offset are passed over. So is a line of invalid UTF-8, at which thegent may stop: it then honours less, never more.
 */
export const hasUnexpired = (content: Buffer, owner: string, now: Date): boolean =>
  records(content, ({ expiresAt }) => isAfter(expiresAt, now)).some(
    ({ value }) => value.get("owner") === owner && isAfter(expiryOf(value), now),
  );

/** The line of the override, if the file does not have it, ended or not. */
export function missingOverride(content: Buffer, override: NewOverride): Buffer[] {
  return recordsOf(content, newOverrideKey(override)).length ? [] : [overrideLine(override)];
}

/** Bytes that take the place of as many others. */
export type Patch = { offset: number; was: Buffer; becomes: Buffer };

/**
 * What must change so that no record of this key is honoured at `end` or later: of each that would be, the line, with other digits in
 * its expires_at_utc. `isThere`: whether the file has the record at all.
 */
export function endings(content: Buffer, key: string, end: Date): { isThere: boolean; patches: Patch[] } {
  const found = recordsOf(content, key);
  const patches = found
    .filter(({ value }) => isAfter(expiryOf(value), end))
    .map(({ line, value }) => ended(line, expiryOf(value), end));
  return { isThere: found.length > 0, patches };
}

type Found = { line: Line; value: JsonObject };

const recordsOf = (content: Buffer, key: string): Found[] =>
  records(content, ({ timestamp }) => placeOf(timestamp) === placeIn(key)).filter(
    ({ value }) => overrideKeyOf(value) === key,
  );

/** A line as thegent writes it, but perhaps for the escapes of owner and reason; captures timestamp and expiry. */
const lineOfThegent = (() => {
  const text = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
  return new RegExp(
    String.raw`^\{"owner": ${text}, "reason": ${text}, "timestamp": "([ !#-[\]-~]*)", "expires_at_utc": "([ !#-[\]-~]*)"\}$`,
  );
})();

/** The records that can be read, less those of thegent's form that do not matter: reading all lines of a long file takes seconds. */
function records(content: Buffer, matters: (written: { timestamp: string; expiresAt: string }) => boolean): Found[] {
  return everyLine(content).flatMap((line) => {
    const [, timestamp, expiresAt] = lineOfThegent.exec(line.bytes.toString("latin1")) ?? [];
    if (timestamp !== undefined && expiresAt !== undefined && !matters({ timestamp, expiresAt })) return [];
    const read = readObject(line.bytes);
    return read.ok ? [{ line, value: read.value }] : [];
  });
}

/** As it stands there; empty, which is no time, when it is not a text. */
function expiryOf(record: JsonObject): string {
  const expiry = record.get("expires_at_utc");
  return typeof expiry === "string" ? expiry : "";
}

function isAfter(text: string, at: Date): boolean {
  const time = parsePythonTime(text);
  return time !== null && time.aware && time.micros > at.getTime() * 1000;
}

function ended({ bytes, byteOffset }: Line, expiresAt: string, end: Date): Patch {
  const digits = endInSameForm(expiresAt, end).match(/\d/g) ?? [];
  const line = bytes.toString("latin1");
  const { from, to } = spanOfText(line, "expires_at_utc");
  // A digit ends in itself, also when it is written as an escape: \u0032.
  const expiry = line
    .slice(from, to)
    .replace(/((?:\\u003)?)\d|\\u[\da-fA-F]{4}|\\./g, (piece, escape?: string) =>
      escape === undefined ? piece : escape + digits.shift(),
    );
  return {
    offset: byteOffset,
    was: bytes,
    becomes: Buffer.from(line.slice(0, from) + expiry + line.slice(to), "latin1"),
  };
}

/** Where the text stands, without its quotes, that an object's own key has; of a key that is there twice, the last, which counts. */
function spanOfText(line: string, name: string): { from: number; to: number } {
  let span = { from: 0, to: 0 };
  let depth = 0;
  let key: string | null = null;
  for (const { 0: token, index } of line.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (depth > 1) continue;
    else if (token === ",") key = null;
    else if (key === null) key = JSON.parse(token) as string;
    else if (key === name) span = { from: index + 1, to: index + token.length - 1 };
  }
  return span;
}
