/** A record that the cockpit adds to thegent's escalation_queue.jsonl, as `thegent govern escalate add` would; pure. */
import { isKept } from "@/lib/kernel/words/text";
import { dumps } from "@/lib/thegent/python/json";
import { cutLines, everyLine } from "@/lib/thegent/python/lines";
import { formatPythonUtc } from "@/lib/thegent/python/time";
import { JsonNumber, type JsonObject } from "@/lib/thegent/python/value";
import { identityKeyOf } from "./escalation-queue";
import { runAsWritten } from "./queue-lines";
import { longestRunId, readObject } from "./reading";

export type NewRecord = {
  runId: string;
  reason: string;
  owner: string | null;
  /** thegent writes "standard" for none. */
  lane: string | null;
  /** A whole number of 32 bits, higher is more urgent. thegent's own command always writes 0; it lists every whole number. */
  priority: number;
  /** Whole minutes from `blockedAt` to the time it escalates. */
  slaMinutes: number;
  blockedAt: Date;
};

/** A record that stood in the file before and is to stand there again: its line without the ending, byte for byte. */
export type FormerRecord = { runId: string; line: Buffer };

export const additionProblem = (record: NewRecord | FormerRecord): string | null =>
  "line" in record ? formerProblem(record) : newRecordProblem(record);

function formerProblem({ runId, line }: FormerRecord): string | null {
  const read = readObject(line);
  const isPendingOfRun = read.ok && read.value.get("run_id") === runId && read.value.get("status") === "pending";
  return isPendingOfRun && cutLines(line).lines.length === 0
    ? null
    : "The record that is to be added again is no pending record of its run.";
}

/** Why a record cannot be added so that thegent and the cockpit read back what was said; a sentence, or null when it can. */
export function newRecordProblem(record: NewRecord): string | null {
  const { runId, reason, owner, lane, priority, slaMinutes, blockedAt } = record;
  if (runId === "") return "A record needs a run.";
  if (runId.length > longestRunId) return `The run is longer than ${longestRunId} characters.`;
  if (![runId, reason, owner ?? "", lane ?? ""].every(isKept))
    return "The record holds a character that cannot be stored.";
  if (!isInt32(priority)) return "The priority is not a whole number of 32 bits; thegent's own list would fail on it.";
  if (!isInt32(slaMinutes)) return "The time limit is not a whole number of minutes.";
  if (![blockedAt, dueAt(record)].every(isPythonTime)) return "The record's times do not lie in the years 1 to 9999.";
  return null;
}

/** Keys in thegent's order, all of them present (FORMATS §1.2). A manual record has no agent. Throws a RangeError with `newRecordProblem`. */
export function newQueueRecord(record: NewRecord): JsonObject {
  const problem = newRecordProblem(record);
  if (problem !== null) throw new RangeError(problem);
  return new Map<string, string | null | JsonNumber>([
    ["run_id", record.runId],
    ["reason", record.reason],
    ["owner", record.owner],
    ["agent", null],
    ["lane", record.lane || "standard"],
    ["priority", int(record.priority)],
    ["blocked_at_utc", formatPythonUtc(record.blockedAt)],
    ["escalate_by_utc", formatPythonUtc(dueAt(record))],
    ["sla_minutes", int(record.slaMinutes)],
    ["status", "pending"],
  ]);
}

/** Byte for byte what thegent writes: one line of ASCII with its ending. */
export const queueRecordLine = (record: NewRecord): Buffer =>
  Buffer.from(`${dumps(newQueueRecord(record))}\n`, "latin1");

/** The key by which the record is known in the file and in the mirror, also once it is resolved. */
export const newRecordKey = (record: NewRecord): string => identityKeyOf(newQueueRecord(record));

/** The lines of the records that a queue file does not have, resolved or not. Records that say the same in all are one record. */
export function missingLines(content: Buffer, records: readonly (NewRecord | FormerRecord)[]): Buffer[] {
  const missing = new Map(records.map(lineByKey));
  const runs = new Set(records.map(({ runId }) => runId));
  for (const { bytes } of everyLine(content)) {
    const run = runAsWritten(bytes);
    if (run !== undefined && !runs.has(run)) continue;
    const read = readObject(bytes);
    if (read.ok) missing.delete(identityKeyOf(read.value));
  }
  return [...missing.values()];
}

function lineByKey(record: NewRecord | FormerRecord): [key: string, line: Buffer] {
  if (!("line" in record)) return [newRecordKey(record), queueRecordLine(record)];
  const read = readObject(record.line);
  if (!read.ok) throw new RangeError(read.reason);
  return [identityKeyOf(read.value), Buffer.concat([record.line, Buffer.from("\n")])];
}

const int = (value: number): JsonNumber => new JsonNumber(String(value), false);
const isInt32 = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 2_147_483_647;
const dueAt = ({ blockedAt, slaMinutes }: NewRecord): Date => new Date(blockedAt.getTime() + slaMinutes * 60_000);

function isPythonTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
