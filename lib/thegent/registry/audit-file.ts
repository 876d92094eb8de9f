/** thegent's verdict on a registry file of any size: streamed, over all processors, no more of it in memory than each works on. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { auditRange } from "./audit-range";
import { SpanAuditor, type SpanAudit } from "./audit-span";
import { continuesFrom, digestOf, mostTailBytes, type Checkpoint } from "./checkpoint";
import { MergedAudit } from "./merge";
import { RangeReader, TooLong, type Range } from "./range";
import { emptyVerdict, type RegistryVerdict } from "./verdict";
import { whereItRaises } from "./where-it-raises";

type Progress = { bytes: number; bytesTotal: number; lines: number };
export type AuditOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Bytes of a range, and how many threads; for tests. */
  rangeBytes?: number;
  threads?: number;
  /** Of an earlier audit: only what was appended since is audited, if the file still ends there as it did. */
  checkpoint?: Checkpoint;
};

const rangeBytes = 2 * 1024 * 1024;
/** A thread takes longer to begin than one processor to audit so much. */
const worthThreads = 24 * 1024 * 1024;

export type Audited = {
  verdict: RegistryVerdict;
  /** From which the next audit may go on; null unless the file passed and ends with a line's end. */
  checkpoint: Checkpoint | null;
  /** Whether this one went on from the checkpoint that it was given, or why it began anew. */
  from: "start" | "checkpoint" | "shorter" | "different";
};

/** thegent's verdict on the whole file. */
export const auditRegistryFile = async (file: string, options?: AuditOptions): Promise<RegistryVerdict> =>
  (await auditRegistry(file, options)).verdict;

/** Never throws for what a file holds, or that it cannot be read: that is a verdict. Throws the signal's reason when it is aborted. */
export async function auditRegistry(file: string, options: AuditOptions = {}): Promise<Audited> {
  let fd: number;
  try {
    // Not waiting for somebody to write into a pipe.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return only(isMissing(error) ? emptyVerdict() : unreadable(error));
  }
  try {
    return await auditOpen(fd, options);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (error instanceof TooLong || isSystemError(error)) return only(unreadable(error));
    throw error;
  } finally {
    closeSync(fd);
  }
}

async function auditOpen(fd: number, options: AuditOptions): Promise<Audited> {
  const stat = fstatSync(fd);
  if (!stat.isFile())
    return only({ status: "unreadable", reason: `It is ${stat.isDirectory() ? "a directory" : "no regular file"}.` });
  const { size } = stat;
  const { checkpoint } = options;
  const is = checkpoint ? continuesFrom(checkpoint, { size, tail: readTail(fd, checkpoint) }) : null;
  const start = checkpoint && is === "continues" ? checkpoint : null;
  const from = is === null ? "start" : is === "continues" ? "checkpoint" : is;
  const merged = new MergedAudit(start);
  const part = { from: start?.offset ?? 0, to: size };
  const threads = options.threads ?? (part.to - part.from < worthThreads ? 0 : os.availableParallelism());
  const spans = threads > 0 ? inThreads(fd, part, threads, options) : inTurn(fd, part, options);
  for await (const { span, range } of spans) {
    if (span.raisesAt !== null)
      return only({ status: "unreadable", reason: `UnicodeDecodeError: ${whereItRaises(fd, span.raisesAt)}` }, from);
    merged.add(span);
    options.onProgress?.({ bytes: range.to, bytesTotal: size, lines: merged.lines });
  }
  return { verdict: merged.verdict(), checkpoint: checkpointAt(fd, size, merged), from };
}

function checkpointAt(fd: number, size: number, merged: MergedAudit): Checkpoint | null {
  const soFar = merged.soFar();
  const tail = readTail(fd, { offset: size, tailBytes: Math.min(size, mostTailBytes) });
  if (!soFar || tail.at(-1) !== 0x0a) return null;
  return { ...soFar, offset: size, tail: digestOf(tail), tailBytes: tail.length };
}

function readTail(fd: number, { offset, tailBytes }: Pick<Checkpoint, "offset" | "tailBytes">): Buffer {
  const tail = Buffer.alloc(tailBytes);
  return tail.subarray(0, tailBytes === 0 ? 0 : readSync(fd, tail, 0, tailBytes, offset - tailBytes));
}

const only = (verdict: RegistryVerdict, from: Audited["from"] = "start"): Audited => ({
  verdict,
  checkpoint: null,
  from,
});

type Done = { span: SpanAudit; range: Range };

function* rangesOf({ from, to }: Range, bytes: number): Generator<Range> {
  for (let at = from; at < to; at += bytes) yield { from: at, to: Math.min(to, at + bytes) };
}

async function* inTurn(fd: number, part: Range, options: AuditOptions): AsyncGenerator<Done> {
  const [reader, auditor] = [new RangeReader(fd, part.to), new SpanAuditor()];
  for (const range of rangesOf(part, options.rangeBytes ?? rangeBytes)) {
    options.signal?.throwIfAborted();
    yield { span: auditRange(reader, auditor, range), range };
    await new Promise(setImmediate);
  }
}

/** Each thread has two ranges to do, so that it need not wait for the next one. They come out in their order. */
async function* inThreads(fd: number, part: Range, threads: number, options: AuditOptions): AsyncGenerator<Done> {
  const workers = Array.from({ length: threads }, () => new Thread(fd, part.to));
  const waiting: { range: Range; span: Promise<SpanAudit> }[] = [];
  const onAbort = () => {
    for (const worker of workers) void worker.end(options.signal!.reason as Error);
  };
  options.signal?.addEventListener("abort", onAbort);
  try {
    options.signal?.throwIfAborted();
    for (const range of rangesOf(part, options.rangeBytes ?? rangeBytes)) {
      const idlest = workers.reduce((least, worker) => (worker.tasks < least.tasks ? worker : least));
      const span = idlest.audit(range);
      span.catch(() => {});
      waiting.push({ range, span });
      if (waiting.length < threads * 3) continue;
      const { range: done, span: audited } = waiting.shift()!;
      yield { span: await audited, range: done };
    }
    for (const { range, span } of waiting) yield { span: await span, range };
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    await Promise.all(workers.map((worker) => worker.end(new Error("ended"))));
  }
}

class Thread {
  private readonly worker: Worker;
  private readonly pending: { resolve(span: SpanAudit): void; reject(error: unknown): void }[] = [];

  constructor(fd: number, size: number) {
    const here = path.dirname(fileURLToPath(import.meta.url));
    this.worker = new Worker(path.join(here, "audit-thread.mjs"), {
      workerData: { fd, size },
      execArgv: [],
      // Whoever calls may stand elsewhere: a name that begins with @ is found by it.
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(here, "../../../tsconfig.json") },
    });
    this.worker.on("message", (span: SpanAudit) => this.pending.shift()?.resolve(span));
    this.worker.on("error", (error) => this.fail(error));
  }

  get tasks(): number {
    return this.pending.length;
  }

  audit(range: Range): Promise<SpanAudit> {
    return new Promise((resolve, reject) => {
      this.pending.push({ resolve, reject });
      this.worker.postMessage(range);
    });
  }

  async end(because: Error): Promise<void> {
    this.fail(because);
    await this.worker.terminate();
  }

  private fail(error: unknown): void {
    for (const { reject } of this.pending.splice(0)) reject(error);
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === "string";

/** As Path.exists has it: nothing there, or nothing can be by that name. */
const isMissing = (error: unknown): boolean =>
  isSystemError(error) && ["ENOENT", "ENOTDIR", "ELOOP"].includes(error.code ?? "");

const unreadable = (error: unknown): RegistryVerdict => ({
  status: "unreadable",
  reason: `It cannot be read: ${(error as Error).message}.`,
});
