/**
 * Keeps the database in step with a session directory: polls, helped by the system's file notices, and reads what changed, the
 * escalation queue before all else. One file's trouble is that file's; nothing here ends the process.
 */
import { systemClock, type Clock } from "@/lib/clock";
import { takeSourceLock, type SourceLock } from "@/lib/data/source-lock";
import { findSourceId, getOrAddFile, listFiles, noteFileProblem, noteGone, noteSourceProblem, noteSourceRead } from "@/lib/data/sources";
import { log } from "@/lib/log";
import { needsLook } from "@/lib/thegent/tail";
import { Overtaken } from "@/lib/usecases/ingest-sync";
import { ingestFile, type Memory } from "./ingest-file";
import { Notices } from "./ingest-notices";
import { codeOf, DirectoryProblem, Scanner, type Found } from "./ingest-scan";

export type Ingest = {
  /** Resolves once everything that stood in the directory at the time of the call is in the database, or has its problem noted. */
  settled(): Promise<void>;
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
};

export type IngestOptions = {
  /** A registered source's directory. */
  directory: string;
  clock?: Clock;
  pollMs?: number;
  /** The file system's notices are a help only; polling alone must do. */
  useNotices?: boolean;
};

const heartbeatMs = 2000;
const lockRetryMs = 1000;
const longestBackOffMs = 10_000;
const longestFileBackOffMs = 30_000;

export function startIngest(options: IngestOptions): Ingest {
  const loop = new IngestLoop(options);
  const ended = loop.run();
  return {
    settled: () => loop.settled(),
    stop: async () => {
      loop.stop();
      await ended;
    },
  };
}

/** `not yet`: never looked at, and not its turn. `waiting`: being written, or another worker's. */
type Took = "untouched" | "looked" | "waiting" | "failed" | "not yet";
type FileMemory = Memory & { failures: number; retryAt: number };

class IngestLoop {
  private readonly directory: string;
  private readonly clock: Clock;
  private readonly scanner: Scanner;
  private readonly memories = new Map<string, FileMemory>();
  private readonly present = new Set<string>();
  private readonly notices: Notices | null;
  private waiters: { resolve: () => void; since: number }[] = [];
  private ticks = 0;
  private stopped = false;
  private lastBeat = 0;
  private wake: () => void = () => {};

  constructor(private readonly options: IngestOptions) {
    this.directory = options.directory;
    this.clock = options.clock ?? systemClock;
    this.scanner = new Scanner(options.directory, this.clock);
    this.notices = options.useNotices === false ? null : new Notices(options.directory, () => this.wake());
  }

  settled(): Promise<void> {
    return new Promise((resolve) => this.waiters.push({ resolve, since: this.ticks }));
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  async run(): Promise<void> {
    const pollMs = this.options.pollMs ?? 250;
    let pause = pollMs;
    let lock: SourceLock | null = null;
    while (!this.stopped) {
      try {
        const sourceId = await findSourceId(this.directory);
        if (!lock?.held()) {
          lock = await takeSourceLock(sourceId);
          if (lock) await this.recall(sourceId);
        }
        if (lock) await this.tick(sourceId);
        pause = lock ? pollMs : lockRetryMs;
      } catch (error) {
        pause = Math.min(pause * 2, longestBackOffMs);
        log.warn({ err: error, pauseMs: pause }, "ingest is held up");
      }
      await this.nap(pause);
    }
    this.notices?.close();
    await lock?.release();
  }

  /** Another worker may have gone on from where this one once stood. */
  private async recall(sourceId: string): Promise<void> {
    this.memories.clear();
    this.present.clear();
    for (const file of await listFiles(sourceId)) if (!file.gone) this.present.add(file.path);
  }

  private async tick(sourceId: string): Promise<void> {
    this.ticks += 1;
    const found = await this.scanner.scan(this.notices?.take() ?? new Set()).catch(async (error: unknown) => {
      if (!(error instanceof DirectoryProblem)) throw error;
      await noteSourceProblem(sourceId, error.message);
    });
    if (!found) return;
    this.notices?.watchOnly(this.scanner.directories());
    await this.noteVanished(sourceId, found);
    const outcome = await this.takeAll(sourceId, found);
    const now = this.clock();
    if (outcome.allRead && now.getTime() - this.lastBeat >= heartbeatMs) {
      await noteSourceRead(sourceId, now);
      this.lastBeat = now.getTime();
    }
    if (outcome.quiet) this.release();
  }

  /** `allRead`: every file could be looked at. `quiet`: nothing moved, so what stood there before is recorded. */
  private async takeAll(sourceId: string, found: readonly Found[]): Promise<{ allRead: boolean; quiet: boolean }> {
    const queue = found.find(({ format }) => format.kind === "escalation_queue");
    const goOn = async () => {
      if (this.stopped) throw new Overtaken("The worker is ending.");
    };
    const urgent = async () => {
      await goOn();
      const disk = queue && (await this.scanner.look(queue.path));
      if (disk && disk !== "none") await this.take(sourceId, { ...queue, disk }, goOn);
    };
    let [allRead, quiet] = [true, true];
    for (const file of [...found].sort((a, b) => this.rank(a) - this.rank(b))) {
      if (this.stopped) return { allRead: false, quiet: false };
      const took = await this.take(sourceId, file, file === queue ? goOn : urgent);
      if (took === "failed" || took === "waiting") allRead = false;
      if (took === "looked" || took === "waiting" || took === "not yet") quiet = false;
    }
    return { allRead, quiet };
  }

  /** The queue first, then files that are known, then those that are still to be imported. */
  private rank({ path: file, format }: Found): number {
    return format.kind === "escalation_queue" ? 0 : this.memories.get(file)?.look ? 1 : 2;
  }

  private async take(sourceId: string, { path: file, format, disk }: Found, between: () => Promise<void>): Promise<Took> {
    const memory = this.memories.get(file) ?? { failures: 0, retryAt: 0 };
    this.memories.set(file, memory);
    const now = this.clock().getTime();
    if (now < memory.retryAt) return "failed";
    if (!disk) return memory.look ? "untouched" : "not yet";
    if (!needsLook(memory.look, disk, now)) return "untouched";
    try {
      const took = await ingestFile({ sourceId, directory: this.directory, path: file, format, clock: this.clock, between }, memory);
      memory.failures = 0;
      return took;
    } catch (error) {
      if (error instanceof Overtaken || codeOf(error) === "ENOENT") return "waiting";
      await this.noteFailure(sourceId, file, format, error);
      memory.look = undefined;
      memory.retryAt = now + Math.min(1000 * 2 ** memory.failures++, longestFileBackOffMs);
      return "failed";
    }
  }

  /** Throws when the database cannot even take the note: then it is not the file that fails. */
  private async noteFailure(sourceId: string, file: string, format: Found["format"], error: unknown): Promise<void> {
    const { id } = await getOrAddFile(sourceId, file, format.kind, this.clock());
    const says = sayFailure(error);
    await noteFileProblem(id, says);
    log.warn({ err: error, file }, says);
  }

  private async noteVanished(sourceId: string, found: readonly Found[]): Promise<void> {
    const there = new Set(found.map((file) => file.path));
    const vanished = [...this.present].filter((file) => !there.has(file));
    found.forEach((file) => this.present.add(file.path));
    if (!vanished.length) return;
    await noteGone(sourceId, vanished, this.clock());
    for (const file of vanished) {
      this.present.delete(file);
      this.memories.delete(file);
    }
  }

  private release(): void {
    const done = this.waiters.filter(({ since }) => since < this.ticks);
    this.waiters = this.waiters.filter(({ since }) => since >= this.ticks);
    done.forEach(({ resolve }) => resolve());
  }

  private nap(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function sayFailure(error: unknown): string {
  const { code, syscall, path: where } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "It cannot be read: permission denied.";
  if (code === "EISDIR") return "It is a directory, not a file.";
  if (syscall && where !== undefined) return `It cannot be read (${code}).`;
  return "What it says could not be recorded; the worker's log says why. It is tried again.";
}
