import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { sayMany } from "@/lib/kernel/words/quantities";
import { FileRefused, readInside } from "@/lib/thegent/files/open-inside";
import { dumps } from "@/lib/thegent/python/json";
import { everyLine } from "@/lib/thegent/python/lines";
import { parsePythonTime } from "@/lib/thegent/python/time";
import type { JsonObject } from "@/lib/thegent/python/value";
import { escalateList } from "@/lib/thegent/records/escalate-list";
import { dialectOfRecord, readObject } from "@/lib/thegent/records/reading";
import { exitCodes, type Io } from "./io";

const usage = "Usage: cockpit queue DIR [--json] [--past-sla] [--now ISO] [--limit N]";

type QueueArgs = { directory: string; json: boolean; pastSla: boolean; nowMicros: number; limit: number };

/** `queue DIR`: thegent's own `escalate list` for a session directory, without a database. Exit 1 where thegent's list would fail. */
export async function runQueue(args: string[], io: Io): Promise<number> {
  let options: QueueArgs;
  let bytes: Buffer;
  try {
    options = readArgs(args, io.now());
    bytes = await readQueue(options.directory);
  } catch (error) {
    io.err(`${(error as Error).message}\n`);
    return exitCodes.usage;
  }
  const list = escalateList(bytes, options);
  if (!list.ok) {
    io.err(`${list.refusal}\n`);
    return exitCodes.negative;
  }
  io.out(options.json ? `${asJson(list.records)}\n` : asTable(list.records));
  const note = noteOfLater(bytes);
  // The JSON is the reference's own, and nothing else.
  if (note) (options.json ? io.err : io.out)(note);
  return exitCodes.ok;
}

function readArgs(args: string[], now: Date): QueueArgs {
  const { values, positionals } = parseQueueArgs(args);
  const [directory, ...more] = positionals;
  if (!directory || more.length) throw new Error(`Name one session directory. ${usage}`);
  const limit = values.limit ?? "50";
  if (!/^\d{1,9}$/.test(limit)) throw new Error(`--limit takes a whole number from 0 (all) upwards, not "${limit}".`);
  const at = values.now === undefined ? { micros: now.getTime() * 1000, aware: true } : parsePythonTime(values.now);
  if (!at?.aware)
    throw new Error(`--now takes a time with an offset, as in 2026-02-11T08:01:21+00:00, not "${values.now}".`);
  return {
    directory,
    json: values.json ?? false,
    pastSla: values["past-sla"] ?? false,
    nowMicros: at.micros,
    limit: Number(limit),
  };
}

function parseQueueArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        "past-sla": { type: "boolean" },
        now: { type: "string" },
        limit: { type: "string" },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.\s/)[0]}. ${usage}`);
  }
}

/** A directory without a queue has an empty one. */
export async function readQueue(directory: string): Promise<Buffer> {
  const refuse = (why: string): never => {
    throw new Error(`${directory} ${why}.`);
  };
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) =>
    refuse(error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`),
  );
  if (!found.isDirectory()) refuse("is not a directory");
  return readInside(directory, "escalation_queue.jsonl").catch((error: NodeJS.ErrnoException) => {
    if (error instanceof FileRefused) return refuse(`has an escalation_queue.jsonl that ${error.is}`);
    return error.code === "ENOENT"
      ? Buffer.alloc(0)
      : refuse(`has an escalation_queue.jsonl that cannot be read (${error.code})`);
  });
}

const asJson = (records: JsonObject[]): string =>
  records.length ? `[\n  ${records.map(dumps).join(",\n  ")}\n]` : "[]";

const columns = [
  ["RUN", "run_id"],
  ["PRIORITY", "priority"],
  ["LANE", "lane"],
  ["OWNER", "owner"],
  ["DUE", "escalate_by_utc"],
  ["PAST SLA", "past_sla"],
  ["REASON", "reason"],
] as const;

function asTable(records: JsonObject[]): string {
  if (!records.length) return "Nothing is waiting.\n";
  const rows = [
    columns.map(([title]) => title as string),
    ...records.map((record) => columns.map(([, key]) => cell(record, key))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** What is to be known of the list where a later thegent wrote in the file. */
function noteOfLater(bytes: Buffer): string | null {
  const records = everyLine(bytes).flatMap((line) => {
    const read = readObject(line.bytes);
    return read.ok ? [read.value] : [];
  });
  const later = records.filter(isLater);
  if (!later.length) return null;
  const leftOut = later.filter((record) => record.get("status") === "pending" && !record.has("escalate_by_utc")).length;
  const without = leftOut
    ? `, and leaves out ${sayMany(leftOut, "record")} that ${leftOut === 1 ? "waits" : "wait"} without an SLA`
    : "";
  const wrote = `${later.length} of ${sayMany(records.length, "record")} ${later.length === 1 ? "was" : "were"} written by a later thegent, whose most urgent priority is 1`;
  return `${wrote}. This is the list as the reference makes it: it takes the highest number as the most urgent${without}.\n`;
}

const isLater = (record: JsonObject): boolean => dialectOfRecord("escalation_queue", record) === "later";

function cell(record: JsonObject, key: string): string {
  if (key === "priority" && record.has(key) && isLater(record)) return `${show(record, key)} (1 is most urgent)`;
  return show(record, key);
}

function show(record: JsonObject, key: string): string {
  const value = record.get(key) ?? null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : value === null ? "–" : dumps(value);
  // Nothing in a record may move the terminal's cursor.
  return text.replace(/\p{C}+/gu, " ").slice(0, 120);
}
