/** One round over a session directory: what changed since the last one is read, each file's trouble is that file's. */
import path from "node:path";
import { Overtaken } from "@/lib/areas/escalation/port";
import {
  getOrAddFile,
  listFiles,
  noteAmiss,
  noteFileProblem,
  noteGone,
  noteReading,
  noteSizes,
  noteSourceProblem,
} from "@/lib/areas/source/store/sources";
import { besideTransaction } from "@/lib/kernel/db/client";
import { log } from "@/lib/kernel/log";
import type { Clock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { FileRefused } from "@/lib/thegent/files/open-inside";
import { needsLook, type DiskState } from "@/lib/thegent/files/tail";
import { EndlessLine } from "@/lib/thegent/files/tail-read";
import { formats } from "@/lib/thegent/records/formats";
import { ingestFile, retryRefusedItems, type Memory } from "./file";
import { codeOf, DirectoryProblem, Scanner, type Found, type Scan } from "./scan";

export type Round = {
  /** Nothing moved: what stood there when the round began is recorded, or has its problem noted. */
  quiet: boolean;
  /** There is more to do than one round takes. */
  more: boolean;
};

const grant = grantSystem(operatingModel, "source.record", "The cockpit");
const heartbeatMs = 2000;
const queue = { path: "escalation_queue.jsonl", format: formats.find(({ kind }) => kind === "escalation_queue")! };
/** Documents may be thousands; what is written meanwhile is not kept waiting for them longer than this. */
const documentsAtMostMs = 250;
/** Small and many: side by side, so that they share the database's waits for the disk. Documents come last in the order. */
const documentsAtOnce = 6;
const longestBackOffMs = 30_000;
const refusedEveryMs = 10 * 60_000;

type FileMemory = Memory & { failures: number; retryAt: number };
/** `not yet`: never looked at, and not its turn. `waiting`: being written, or another worker's. */
type Took = "untouched" | "looked" | "waiting" | "failed" | "not yet";

export class Rounds {
  private readonly scanner: Scanner;
  private readonly memories = new Map<string, FileMemory>();
  private readonly present = new Set<string>();
  /** When the queue was last got through; and what was last noted of that, and of this worker's life. */
  private throughAt: Date | undefined;
  private noted = { throughAt: 0, at: 0 };
  private sizesAt = 0;
  private refusedDueAt = 0;
  /** What stands in the database as the source's problem; undefined before this worker has said anything. */
  private notedProblem: string | null | undefined;
  private notedAmiss: string | undefined;

  constructor(
    private readonly source: { id: string; directory: string },
    private readonly clock: Clock,
    private readonly isStopped: () => boolean,
  ) {
    this.scanner = new Scanner(source.directory, clock);
  }

  directories(): string[] {
    return this.scanner.directories();
  }

  /** To be called first: the files that are known from earlier. */
  async recall(): Promise<void> {
    for (const file of await listFiles(this.source.id)) if (!file.gone) this.present.add(file.path);
  }

  /** `hints` are paths that were just written. Throws only what concerns all files: the database is lost. */
  async next(hints: ReadonlySet<string>): Promise<Round> {
    const scan = await this.scan(hints);
    if (!scan) return { quiet: false, more: false };
    const { found } = scan;
    await this.noteVanished(scan);
    // How much is left is to be known before anything long begins.
    await this.noteSizes(found.filter(({ path }) => !this.memories.has(path)));
    if (!found.some(isQueue)) this.throughAt = this.clock();
    const round = await this.takeAll(found);
    await this.retryRefused();
    await this.beat();
    return round;
  }

  /** Also between the batches of what takes long: that somebody reads, and since when the queue is known. */
  private async beat(): Promise<void> {
    const now = this.clock();
    const throughAt = this.throughAt?.getTime() ?? 0;
    if (Math.max(now.getTime() - this.noted.at, throughAt - this.noted.throughAt) < heartbeatMs) return;
    await noteReading(grant, this.source.id, now, this.throughAt);
    this.noted = { throughAt, at: now.getTime() };
  }

  private async noteSizes(files: readonly Found[]): Promise<void> {
    const known = files.flatMap(({ path, format: { kind }, disk }) =>
      disk?.identity ? [{ path, kind, size: disk.size }] : [],
    );
    await noteSizes(grant, this.source.id, known, this.clock());
    this.sizesAt = this.clock().getTime();
  }

  /** Null when the directory cannot be read, which is noted. */
  private async scan(hints: ReadonlySet<string>): Promise<Scan | null> {
    let problem: string | null = null;
    const scan = await this.scanner.scan(hints).catch((error: unknown) => {
      if (!(error instanceof DirectoryProblem)) throw error;
      problem = error.message;
      return null;
    });
    if (problem !== this.notedProblem) await noteSourceProblem(grant, this.source.id, problem);
    this.notedProblem = problem;
    if (scan) await this.noteAmiss(scan);
    return scan;
  }

  private async noteAmiss({ amiss }: Scan): Promise<void> {
    const all = [...amiss].map(([path, problem]) => ({ path, problem }));
    const now = JSON.stringify(all);
    if (now === this.notedAmiss) return;
    await noteAmiss(grant, this.source.id, all);
    this.notedAmiss = now;
    if (all.length)
      log.warn({ amiss: all.slice(0, 10), count: all.length }, "Parts of the session directory cannot be looked into.");
  }

  /** With a new worker, and now and then: what the database did not take of an item, an upgrade or whoever keeps the database may have mended. */
  private async retryRefused(): Promise<void> {
    const now = this.clock().getTime();
    const disk = now < this.refusedDueAt || this.isStopped() ? "none" : await this.scanner.look(queue.path);
    if (disk === "none") return;
    this.refusedDueAt = now + heartbeatMs;
    try {
      const done = await retryRefusedItems(
        { sourceId: this.source.id, directory: this.source.directory, clock: this.clock, ...queue },
        disk,
      );
      if (done) this.refusedDueAt = now + refusedEveryMs;
    } catch (error) {
      if (error instanceof Overtaken) return;
      // No file's reading waits for it.
      this.refusedDueAt = now + refusedEveryMs;
      log.warn({ err: error }, "Items that the database did not take could not be tried again.");
    }
  }

  private async takeAll(found: readonly Found[]): Promise<Round> {
    let quiet = true;
    let until = Infinity;
    const order = [...found].sort((a, b) => this.rank(a) - this.rank(b));
    for (let at = 0, group: Found[]; at < order.length; at += group.length) {
      const isDocument = order[at]!.format.style === "document";
      group = order.slice(at, at + (isDocument ? documentsAtOnce : 1));
      const now = this.clock().getTime();
      if (this.isStopped() || (now > until && group.some((file) => this.mayMove(file))))
        return { quiet: false, more: true };
      if (isDocument) until = Math.min(until, now + documentsAtMostMs);
      const took = await Promise.all(group.map((file) => this.take(file, () => this.takeUrgent(found, file))));
      if (took.some((one) => one === "looked" || one === "waiting" || one === "not yet")) quiet = false;
    }
    return { quiet, more: false };
  }

  /** Between the batches of a long import: the queue, and the files of lines that are known already. Nothing keeps the queue itself waiting. */
  private async takeUrgent(found: readonly Found[], instead: Found): Promise<void> {
    if (isQueue(instead)) return this.goOn();
    await this.takeQueue();
    const others = found.filter((other) => other !== instead && !isQueue(other) && other.format.style === "lines");
    const looked = await Promise.all(
      others.map(async (file) => ({ ...file, disk: await this.scanner.look(file.path) })),
    );
    const there = looked.filter((file): file is Found & { disk: DiskState } => file.disk !== "none");
    if (this.clock().getTime() - this.sizesAt >= heartbeatMs) await this.noteSizes(there);
    for (const file of there) if (this.rank(file) < 2) await this.take(file, () => this.takeQueue());
  }

  /** Whether or not it stood there when the round began. */
  private async takeQueue(): Promise<void> {
    await this.goOn();
    const disk = await this.scanner.look(queue.path);
    if (disk !== "none") await this.take({ ...queue, disk }, () => this.goOn());
    else if ((await this.scanner.look("")) !== "none") this.throughAt = this.clock();
  }

  private async goOn(): Promise<void> {
    if (this.isStopped()) throw new Overtaken("The worker is ending.");
    await this.beat();
  }

  /** The queue first, then files that are known, then those that are still to be imported. */
  private rank({ path, format }: Found): number {
    if (format.kind === "escalation_queue") return 0;
    if (format.style === "document") return 3;
    return this.memories.get(path)?.look ? 1 : 2;
  }

  private mayMove({ path, disk }: Found): boolean {
    return disk !== null && needsLook(this.memories.get(path)?.look, disk, this.clock().getTime());
  }

  private async take(file: Found, between: () => Promise<void>): Promise<Took> {
    const since = this.clock();
    const took = await this.attempt(file, between);
    if (isQueue(file) && (took === "looked" || took === "untouched")) this.throughAt = since;
    return took;
  }

  private async attempt({ path, format, disk }: Found, between: () => Promise<void>): Promise<Took> {
    const memory = this.memories.get(path) ?? { failures: 0, retryAt: 0 };
    this.memories.set(path, memory);
    const now = this.clock().getTime();
    if (now < memory.retryAt) return "failed";
    if (!disk) return memory.look ? "untouched" : "not yet";
    if (!needsLook(memory.look, disk, now)) return "untouched";
    try {
      const took = await ingestFile(
        {
          sourceId: this.source.id,
          directory: this.source.directory,
          path,
          format,
          clock: this.clock,
          between: () => besideTransaction(between),
        },
        memory,
      );
      memory.failures = 0;
      return took;
    } catch (error) {
      if (error instanceof Overtaken || codeOf(error) === "ENOENT") return "waiting";
      await this.noteFailure(path, format, error);
      memory.look = undefined;
      memory.retryAt = now + Math.min(1000 * 2 ** memory.failures++, longestBackOffMs);
      return "failed";
    }
  }

  /** Throws when the database cannot even take the note: then it is not the file that fails. */
  private async noteFailure(path: string, format: Found["format"], error: unknown): Promise<void> {
    const { id, problem } = await getOrAddFile(grant, this.source.id, path, format.kind, this.clock());
    const says = sayFailure(error);
    if (problem === says) return;
    await noteFileProblem(grant, id, says);
    log.warn({ err: error, file: path }, says);
  }

  private async noteVanished({ found, amiss }: Scan): Promise<void> {
    const there = new Set(found.map(({ path }) => path));
    // Of what lies in a directory that cannot be listed it is not known whether it is there.
    const vanished = [...this.present].filter((file) => !there.has(file) && !amiss.has(path.posix.dirname(file)));
    there.forEach((path) => this.present.add(path));
    if (!vanished.length) return;
    await noteGone(grant, this.source.id, vanished, this.clock());
    for (const path of vanished) {
      this.present.delete(path);
      this.memories.delete(path);
    }
  }
}

const isQueue = ({ format }: Pick<Found, "format">): boolean => format.kind === "escalation_queue";

function sayFailure(error: unknown): string {
  if (error instanceof FileRefused || error instanceof EndlessLine) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "It cannot be read: permission denied.";
  if (["open", "read", "lstat"].includes(syscall ?? "")) return `It cannot be read (${code}).`;
  return "What it says could not be recorded; the worker's log says why. It is tried again.";
}
