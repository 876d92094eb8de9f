/** Brings one of thegent's files into the database, from where it was left. */
import { createHash } from "node:crypto";
import { lstat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { QueueSource } from "@/lib/areas/escalation/port";
import { appendLines, recordAgain, retryRefused, type Batch } from "@/lib/areas/source/acts/ingest-lines";
import type { ReadLine } from "@/lib/areas/source/acts/sort-lines";
import { getOrAddFile, noteLook, noteReread, type FileProgress, type FileRow } from "@/lib/areas/source/store/sources";
import type { Clock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { stoodStill, type Seen } from "@/lib/thegent/files/last-line";
import { openInside } from "@/lib/thegent/files/open-inside";
import {
  diskState,
  hasSettled,
  planRead,
  smallPrefixBytes,
  wholeCheckEveryMs,
  type DiskState,
  type Look,
} from "@/lib/thegent/files/tail";
import { PrefixDigest } from "@/lib/thegent/files/tail-fingerprint";
import {
  fileStart,
  isStillThere,
  longestLineBytes,
  readBatches,
  readDocument,
  sinceStopped,
  type LongReading,
  type Position,
  type TailBatch,
} from "@/lib/thegent/files/tail-read";
import type { FileFormat } from "@/lib/thegent/records/format";
import { findingSource } from "./evidence-reader";
import { readRecordedLine } from "./queue-reader";

const grant = grantSystem(operatingModel, "source.record", "The cockpit");

export type FileJob = {
  sourceId: string;
  directory: string;
  /** Relative to the directory. */
  path: string;
  format: FileFormat;
  clock: Clock;
  /** Called between batches, so that a long import does not keep more urgent files waiting. */
  between: () => Promise<void>;
};

/** What this process remembers of a file. */
export type Memory = { look?: Look; changingSince?: number; seen?: Seen; long?: LongReading };

/** `waiting`: it is being written in place, look again soon. Throws what openInside or the database throws. */
export async function ingestFile(job: FileJob, memory: Memory): Promise<"looked" | "waiting"> {
  const file = await openInside(job.directory, job.path);
  try {
    const now = job.clock();
    const disk = diskState(await file.stat({ bigint: true }));
    const row = await getOrAddFile(grant, job.sourceId, job.path, job.format.kind, now);
    const reading = { job, memory, file, disk, row, now };
    return await (job.format.style === "document" ? ingestDocument(reading) : ingestLines(reading));
  } finally {
    await file.close();
  }
}

/** False: the queue is not recorded as it stands, so that this is not the moment. Throws what the database throws, and Overtaken. */
export async function retryRefusedItems(job: Omit<FileJob, "between">, disk: DiskState): Promise<boolean> {
  const file = await getOrAddFile(grant, job.sourceId, job.path, job.format.kind, job.clock());
  if (file.identity !== disk.identity || file.offset !== disk.size) return false;
  await retryRefused({ file, queue: queueSource(job, disk) }, job.clock());
  return true;
}

type Reading = { job: FileJob; memory: Memory; file: FileHandle; disk: DiskState; row: FileRow; now: Date };

async function ingestLines({ job, memory, file, disk, row, now }: Reading): Promise<"looked" | "waiting"> {
  const at = now.getTime();
  if (memory.long && (disk.size < memory.long.position || !(await isStillThere(file, memory.long))))
    memory.long = undefined;
  const wasLong = memory.long !== undefined;
  const plan = planRead(row, disk, memory.look, at);
  const from =
    plan.do === "begin" ? fileStart() : plan.do === "go-on" ? await resume(file, row, plan, job.between) : null;
  if (!from) {
    const because = plan.do === "again" ? plan.because : "rewritten";
    memory.changingSince ??= at;
    if (!hasSettled(because, disk, memory.changingSince, at)) return "waiting";
  }
  const queue = job.format.kind === "escalation_queue" ? queueSource(job, disk) : null;
  const telemetryOf = job.format.kind === "contract_telemetry" ? job.sourceId : null;
  const of = { queue, findings: findingSource(job), telemetryOf };
  const still = stoodStill(disk, memory.seen, at);
  if (memory.seen?.size !== disk.size || memory.seen.changeStamp !== disk.changeStamp) memory.seen = { ...disk, at };
  let read = disk.size;
  if (from)
    read = await append(
      { file, row, from, still, memory },
      async (target, batch) => appendLines({ file: target, ...of }, await toBatch(job, file, batch), job.clock()),
      job,
      disk,
    );
  else {
    if (Math.max(disk.size, row.offset) > smallPrefixBytes) await noteReread(grant, row, disk.size, now);
    memory.long = undefined;
    // What could not be read to its end yet is not held against what the file had.
    const growing = job.format.onlyGrows ? { sourceId: job.sourceId, isWhole: () => memory.long === undefined } : null;
    await recordAgain(
      { file: row, ...of, growing },
      () => everyBatch(job, file, memory),
      progress(disk, fileStart()),
      now,
      job.between,
    );
  }

  // What was read over several turns may have been rewritten in between.
  const passed = wasLong && !memory.long;
  const compared = !passed && (!from || plan.do !== "go-on" || plan.compare === "whole");
  const wholeCheckAt = compared ? at : ((passed ? undefined : memory.look?.wholeCheckAt) ?? at - wholeCheckEveryMs);
  const lastLineDue = (!still && read < disk.size) || (memory.long !== undefined && memory.long.position < disk.size);
  memory.look = { disk, at: job.clock().getTime(), wholeCheckAt, wholeCheckDue: !compared, lastLineDue };
  memory.changingSince = undefined;
  return lastLineDue ? "waiting" : "looked";
}

/** Null when what was read is not what stands there: bytes before the offset, or a last line that had no ending and is another now. */
async function resume(
  file: FileHandle,
  row: FileRow,
  plan: { compare: "edges" | "whole"; digest: string },
  between: () => Promise<void>,
): Promise<Position | null> {
  if ((await sinceStopped(file, row.offset)) === "grown") return null;
  const digest = await PrefixDigest.resume(file, row.offset, plan.digest, plan.compare, between);
  return digest && { offset: row.offset, lines: row.lines, digest };
}

type Appending = { file: FileHandle; row: FileRow; from: Position; still: boolean; memory: Memory };

/** How far the file is read then. */
async function append(
  { file, row, from, still, memory }: Appending,
  record: (row: FileRow, batch: TailBatch) => Promise<FileRow>,
  job: FileJob,
  disk: DiskState,
): Promise<number> {
  let reached = row;
  for await (const batch of readBatches(file, from, { still, memory })) {
    reached = await record(reached, batch);
    await job.between();
  }
  if (reached === row) await noteLook(grant, row, disk, job.clock());
  return reached.offset;
}

async function* everyBatch(job: FileJob, file: FileHandle, memory: Memory): AsyncGenerator<Batch> {
  // What is read again came to rest before, or took the name as a whole: its last line stands still.
  for await (const batch of readBatches(file, fileStart(), { still: true, memory })) {
    yield await toBatch(job, file, batch);
    await job.between();
  }
}

async function toBatch({ format }: FileJob, file: FileHandle, { lines, long, end }: TailBatch): Promise<Batch> {
  const usual = lines.map(({ number, byteOffset, bytes }): ReadLine => ({
    number,
    byteOffset,
    bytes,
    sha256: createHash("sha256").update(bytes).digest("base64"),
    says: () => withLength(format.parse(bytes), bytes.length),
  }));
  const tooLong = long.map(({ number, byteOffset, start, sha256, length }): ReadLine => ({
    number,
    byteOffset,
    bytes: start,
    sha256: sha256.toString("base64"),
    says: () => ({ ok: false, reason: tooLongSays("line", length), length }),
  }));
  // Asked anew for each batch: a file that grows while it is read has more left than it had.
  return { lines: [...usual, ...tooLong], end: progress(diskState(await file.stat({ bigint: true })), end) };
}

const withLength = (said: ReturnType<FileFormat["parse"]>, length: number) => (said.ok ? said : { ...said, length });
const tooLongSays = (what: "line" | "document", length: number): string =>
  `The ${what} has ${length} bytes; the cockpit takes at most ${longestLineBytes}.`;

const progress = ({ identity, size, mtimeMs }: DiskState, { offset, lines, digest }: Position): FileProgress => ({
  identity,
  size: Math.max(size, offset),
  mtimeMs,
  offset,
  lines,
  digest: digest.toString(),
});

/** A document is one record; another version of it is another record. */
async function ingestDocument({ job, memory, file, disk, row, now }: Reading): Promise<"looked" | "waiting"> {
  const { bytes, length, sha256 } = await readDocument(file);
  const digest = sha256.toString("hex");
  const look = { disk, at: now.getTime(), wholeCheckAt: now.getTime(), wholeCheckDue: false, lastLineDue: false };
  if (row.digest === digest) {
    await noteLook(grant, row, disk, now);
  } else {
    const said =
      length > longestLineBytes
        ? { ok: false as const, reason: tooLongSays("document", length) }
        : job.format.parse(bytes);
    memory.changingSince ??= now.getTime();
    // Documents are rewritten in place: what cannot be used may be half of one.
    if (!said.ok && !hasSettled("rewritten", disk, memory.changingSince, now.getTime())) return "waiting";
    const line: ReadLine = {
      number: 1,
      byteOffset: 0,
      bytes,
      sha256: sha256.toString("base64"),
      says: () => withLength(said, length),
    };
    const end: FileProgress = {
      identity: disk.identity,
      size: length,
      mtimeMs: disk.mtimeMs,
      offset: length,
      lines: 1,
      digest,
    };
    const batch = { lines: [line], end };
    if (row.lines === 0) await appendLines({ file: row, queue: null, findings: null }, batch, now);
    else
      await recordAgain(
        { file: row, queue: null, findings: null, growing: null },
        () => once(batch),
        { ...end, offset: 0, lines: 0 },
        now,
      );
  }
  memory.look = look;
  memory.changingSince = undefined;
  return "looked";
}

async function* once(batch: Batch): AsyncGenerator<Batch> {
  yield batch;
}

function queueSource(job: Omit<FileJob, "between">, disk: DiskState): QueueSource {
  return {
    sourceId: job.sourceId,
    read: readRecordedLine,
    isCurrent: async () => {
      const onDisk = await lstat(path.join(job.directory, job.path), { bigint: true }).then(diskState, () => null);
      return onDisk !== null && onDisk.identity === disk.identity && onDisk.size >= disk.size;
    },
  };
}
