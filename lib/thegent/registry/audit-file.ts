/** thegent's verdict on a registry file of any size: streamed, over all processors, no more of it in memory than each works on. */
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { auditRange } from "./audit-range";
import { SpanAuditor, type SpanAudit } from "./audit-span";
import { MergedAudit } from "./merge";
import { RangeReader, TooLong, type Range } from "./range";
import { emptyVerdict, type RegistryVerdict } from "./verdict";
import { whereItRaises } from "./where-it-raises";

export type Progress = { bytes: number; bytesTotal: number; lines: number };
export type AuditOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Bytes of a range, and how many threads; for tests. */
  rangeBytes?: number;
  threads?: number;
};

const rangeBytes = 2 * 1024 * 1024;
/** A thread takes longer to begin than one processor to audit so much. */
const worthThreads = 24 * 1024 * 1024;

/** Never throws for what a file holds, or that it cannot be read: that is a verdict. Throws the signal's reason when it is aborted. */
export async function auditRegistryFile(file: string, options: AuditOptions = {}): Promise<RegistryVerdict> {
  let fd: number;
  try {
    // Not waiting for somebody to write into a pipe.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return isMissing(error) ? emptyVerdict() : unreadable(error);
  }
  try {
    return await auditOpen(fd, options);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (error instanceof TooLong || isSystemError(error)) return unreadable(error);
    throw error;
  } finally {
    closeSync(fd);
  }
}

async function auditOpen(fd: number, options: AuditOptions): Promise<RegistryVerdict> {
  const stat = fstatSync(fd);
  if (!stat.isFile())
    return { status: "unreadable", reason: `It is ${stat.isDirectory() ? "a directory" : "no regular file"}.` };
  const { size } = stat;
  const merged = new MergedAudit();
  const threads = options.threads ?? (size < worthThreads ? 0 : os.availableParallelism());
  const spans = threads > 0 ? inThreads(fd, size, threads, options) : inTurn(fd, size, options);
  for await (const { span, range } of spans) {
    if (span.raisesAt !== null)
      return { status: "unreadable", reason: `UnicodeDecodeError: ${whereItRaises(fd, span.raisesAt)}` };
    merged.add(span);
    options.onProgress?.({ bytes: range.to, bytesTotal: size, lines: merged.lines });
  }
  return merged.verdict();
}

type Done = { span: SpanAudit; range: Range };

function* rangesOf(size: number, bytes: number): Generator<Range> {
  for (let from = 0; from < size; from += bytes) yield { from, to: Math.min(size, from + bytes) };
}

async function* inTurn(fd: number, size: number, options: AuditOptions): AsyncGenerator<Done> {
  const [reader, auditor] = [new RangeReader(fd, size), new SpanAuditor()];
  for (const range of rangesOf(size, options.rangeBytes ?? rangeBytes)) {
    options.signal?.throwIfAborted();
    yield { span: auditRange(reader, auditor, range), range };
    await new Promise(setImmediate);
  }
}

/** Each thread has two ranges to do, so that it need not wait for the next one. They come out in their order. */
async function* inThreads(fd: number, size: number, threads: number, options: AuditOptions): AsyncGenerator<Done> {
  const workers = Array.from({ length: threads }, () => new Thread(fd, size));
  const waiting: { range: Range; span: Promise<SpanAudit> }[] = [];
  const onAbort = () => {
    for (const worker of workers) void worker.end(options.signal!.reason as Error);
  };
  options.signal?.addEventListener("abort", onAbort);
  try {
    options.signal?.throwIfAborted();
    for (const range of rangesOf(size, options.rangeBytes ?? rangeBytes)) {
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
