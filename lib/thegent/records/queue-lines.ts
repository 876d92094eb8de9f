/** What a change of escalation_queue.jsonl makes of its bytes; pure. The file itself is replaced in replace-file.ts. */
import { dumps } from "@/lib/thegent/python/json";
import { everyLine } from "@/lib/thegent/python/lines";
import { formatPythonUtc } from "@/lib/thegent/python/time";
import { type JsonObject } from "@/lib/thegent/python/value";
import { identityKeyOf } from "./escalation-queue";
import { readObject } from "./reading";

/**
 * `word` becomes the status of the run's pending records, `at` their resolved_at_utc. `only`: of those, the records with these
 * identity keys; for a decision that was written before and is written again.
 */
export type Resolution = { runId: string; word: string; at: Date; only?: ReadonlySet<string> };

/** By run: the identity keys of the records that the resolution has closed, now or before, one a record. */
export type Closed = Map<string, string[]>;

const newline = Buffer.from("\n");

/**
 * The file as thegent's own resolve would rewrite it (FORMATS §3): every pending record of the runs is closed, every line that can
 * be read is written event style, blank lines go, the others stay byte for byte. Unlike thegent's, a line is never cut at U+2028
 * and its like. `content` is null when nothing pending matched: the file is then left alone. Whoever wrote it before and was killed
 * before it could say so is told of the same records again: they bear its word and instant.
 */
export function resolveLines(
  content: Buffer,
  resolutions: readonly Resolution[],
): { content: Buffer | null; closed: Closed } {
  const work: Work = {
    byRun: new Map(resolutions.toReversed().map((one) => [one.runId, one])),
    closed: new Map(resolutions.map(({ runId }) => [runId, []])),
    changed: false,
  };
  const lines = everyLine(content)
    .filter((line) => !line.blank)
    .map((line) => resolveLine(line.bytes, work));
  return { content: work.changed ? joinLines(lines) : null, closed: work.closed };
}

type Work = { byRun: ReadonlyMap<string, Resolution>; closed: Closed; changed: boolean };

function resolveLine(line: Buffer, work: Work): Buffer {
  const asWritten = lineOfThegent.exec(line.toString("latin1"));
  if (asWritten && !work.byRun.has(unescaped(asWritten[1] ?? ""))) return line;
  const read = readObject(line);
  if (!read.ok) return line;
  const runId = read.value.get("run_id");
  const resolution = typeof runId === "string" ? work.byRun.get(runId) : undefined;
  if (resolution) closeRecord(read.value, resolution, work);
  return eventStyle(read.value);
}

function closeRecord(record: JsonObject, { runId, word, at, only }: Resolution, work: Work): void {
  const [status, instant, key] = [record.get("status"), formatPythonUtc(at), identityKeyOf(record)];
  const isToClose = status === "pending" && (!only || only.has(key));
  if (isToClose || (status === word && record.get("resolved_at_utc") === instant)) work.closed.get(runId)?.push(key);
  if (!isToClose) return;
  work.changed = true;
  record.set("status", word).set("resolved_at_utc", instant);
}

/**
 * What others did to a replaced file after it was copied, carried into the file that took its place: lines of `late` that
 * `content` does not have are added, a record resolved there and pending here is resolved. A record is known by its identity,
 * which a resolution and a rewrite leave alone; repeating changes nothing. Null when there is nothing to carry.
 */
export function mergeLines(content: Buffer, late: Buffer): Buffer | null {
  const lines = everyLine(content)
    .filter((line) => !line.blank)
    .map((line) => line.bytes);
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) append(places, identityOf(line), index);
  let changed = false;
  for (const { bytes } of everyLine(late).filter((line) => !line.blank)) {
    const place = places.get(identityOf(bytes))?.shift();
    const merged = place === undefined ? bytes : carriedResolution(lines[place]!, bytes);
    if (!merged) continue;
    changed = true;
    lines[place ?? lines.length] = merged;
  }
  return changed ? joinLines(lines) : null;
}

/** Those of the lines that `content` does not have, each as often as it is missing; a record is known by its identity. */
export function linesNotIn(content: Buffer, lines: readonly Buffer[]): Buffer[] {
  const runs = new Set(lines.map(runAsWritten));
  const counts = new Map<string, number>();
  for (const { bytes } of everyLine(content)) {
    const run = runAsWritten(bytes);
    if (run === undefined || runs.has(run) || runs.has(undefined))
      counts.set(identityOf(bytes), (counts.get(identityOf(bytes)) ?? 0) + 1);
  }
  return lines.filter((line) => {
    const left = counts.get(identityOf(line)) ?? 0;
    counts.set(identityOf(line), left - 1);
    return left < 1;
  });
}

/** Saves reading nearly all lines of a long file: as thegent writes them, their run tells that they are others. Undefined where it does not. */
export const runAsWritten = (line: Buffer): string | undefined =>
  /^\{"run_id": "([ !#-[\]-~]*)"/.exec(line.toString("latin1"))?.[1];

/** Null when `late` does not say more than `line`. */
function carriedResolution(line: Buffer, late: Buffer): Buffer | null {
  if (line.equals(late)) return null;
  const [ours, theirs] = [readObject(line), readObject(late)];
  if (!ours.ok || !theirs.ok || ours.value.get("status") !== "pending") return null;
  const [status, resolvedAt] = [theirs.value.get("status"), theirs.value.get("resolved_at_utc")];
  if (status === undefined || status === "pending") return null;
  ours.value.set("status", status);
  if (resolvedAt !== undefined) ours.value.set("resolved_at_utc", resolvedAt);
  return eventStyle(ours.value);
}

function identityOf(line: Buffer): string {
  const read = readObject(line);
  return read.ok ? identityKeyOf(read.value) : `raw ${line.toString("latin1")}`;
}

const eventStyle = (record: JsonObject): Buffer => Buffer.from(dumps(record), "latin1");
const joinLines = (lines: Buffer[]): Buffer => Buffer.concat(lines.flatMap((line) => [line, newline]));
const unescaped = (text: string): string => (text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text);

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/**
 * A line exactly as thegent writes it, which writing it again would not change; captures run_id and status. Saves reading nearly
 * all lines of a long file. An escape counts only where Python would write it: not for what is printable or has a short form.
 */
const lineOfThegent = (() => {
  const characters = String.raw`(?:[ !#-\[\]-~]|\\(?:["\\bfnrt]|u(?!00[2-6]|007[0-9a-e]|000[89acd])[0-9a-f]{4}))*`;
  const text = `"${characters}"`;
  const textOrNull = `(?:${text}|null)`;
  const int = String.raw`(?:0|-?[1-9]\d{0,18})`;
  const fields = [
    `"run_id": "(${characters})"`,
    `"reason": ${text}`,
    `"owner": ${textOrNull}`,
    `"agent": ${textOrNull}`,
    `"lane": ${text}`,
    `"priority": ${int}`,
    `"blocked_at_utc": ${text}`,
    `"escalate_by_utc": ${text}`,
    `"sla_minutes": ${int}`,
    `"status": "([a-z_]*)"`,
  ];
  return new RegExp(`^\\{${fields.join(", ")}(?:, "resolved_at_utc": ${text})?\\}$`);
})();
