import fs from "node:fs";
import path from "node:path";
import { everyLine } from "@/lib/thegent/python/lines";
import { linesNotIn, mergeLines } from "@/lib/thegent/records/queue-lines";
import { appendNew, carryGrowth, hasGrown, syncFile } from "./carry";
import { isRefused, readInsideSync } from "./open-inside";
import { identityOf, refuse, replaceFile, syncDirectory, type Held, type MayWrite } from "./replace-file";
import { Turns } from "./turns";
import { filesOpenForWriting } from "./writers";

export type DrainerOptions = {
  /** How long nothing may have come, when the system says that nobody has the old file open for writing. */
  quietMs?: number;
  /** The same, when the system cannot say. */
  graceMs?: number;
  /** Also for those whose files it drains. */
  mayWrite?: MayWrite;
  /** Told of each kind of failure once, until it is over; the lines stay in the held file and are tried again. */
  onProblem?: (error: unknown) => void;
};

type Drain = {
  held: Held;
  /** Size and time of the held file when it was last carried over. */
  stamp: string;
  /** Whether all of it was: not with a line half written, or rewritten in place. */
  complete: boolean;
  quietSince: number;
  /** How often carried lines were gone again. */
  gone: number;
  /** What went wrong the last time, in a sentence; how often in a row; and not to be tried before. */
  trouble: string | null;
  failures: number;
  retryAt: number;
};

const tickMs = 50;
/** Looking through /proc costs some milliseconds. */
const lookEveryMs = 250;
/** Who takes a line away so often means it. */
const mostGone = 20;
const longestBackOffMs = 30_000;

/**
 * Carries what late writers append to replaced files into the files that took their place, until nobody can write there any more.
 * thegent opens, appends and closes, without locks: who opened the queue just before it was replaced writes into the old file. thegent's
 * own rewrite may have read the new file before a line was carried there, and writes it away: carried lines are looked for once more.
 */
export class Drainer {
  private readonly drains = new Set<Drain>();
  private readonly turns = new Turns();
  private timer: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];
  private lookedAt = -Infinity;

  readonly mayWrite: MayWrite;

  constructor(private readonly options: DrainerOptions = {}) {
    this.mayWrite = options.mayWrite ?? (() => {});
  }

  /** Runs changes of a file one after the other, never beside a drain of this Drainer. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.turns.exclusively(work);
  }

  /**
   * Takes charge of a held file and drains it once, before anything waits for the disk; then the file that took its place is safe on disk.
   * Call within `exclusively`, in the turn of the rename.
   */
  async take(held: Held): Promise<void> {
    const drain: Drain = {
      held,
      stamp: "",
      complete: false,
      quietSince: performance.now(),
      gone: 0,
      trouble: null,
      failures: 0,
      retryAt: 0,
    };
    this.drains.add(drain);
    await this.drain(drain);
    this.schedule();
    syncFile(held.target);
    await syncDirectory(path.dirname(held.target));
  }

  /** What keeps late lines out of the file that they belong in, in a sentence; null when nothing does. */
  get trouble(): string | null {
    const [troubled] = [...this.drains].filter(({ trouble }) => trouble !== null);
    return troubled
      ? `What others added to ${path.basename(troubled.held.target)} while it was written is kept beside it, but not in it yet: ${troubled.trouble}`
      : null;
  }

  has(heldPath: string): boolean {
    return [...this.drains].some(({ held }) => held.path === heldPath);
  }

  /** Resolves when no held file is left. */
  settled(): Promise<void> {
    return this.drains.size
      ? new Promise((resolve) => this.waiting.push(resolve))
      : this.turns.exclusively(async () => undefined);
  }

  /** Drains a last time and stops. Held files that somebody may still write to stay, for `recoverDrains` at the next start. */
  async close(): Promise<void> {
    await this.exclusively(() => {
      for (const drain of this.drains) drain.retryAt = 0;
      return this.tick();
    });
    clearTimeout(this.timer);
    this.drains.clear();
    this.release();
  }

  private schedule(): void {
    if (this.timer || !this.drains.size) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.exclusively(() => this.tick()).finally(() => this.schedule());
    }, tickMs);
  }

  private async tick(): Promise<void> {
    for (const drain of [...this.drains]) await this.drain(drain);
    if (performance.now() - this.lookedAt >= lookEveryMs) {
      this.lookedAt = performance.now();
      for (const drain of this.finished()) await this.finish(drain);
    }
    if (!this.drains.size) this.release();
  }

  /** The drains whose old file nobody can write to any more. */
  private finished(): Drain[] {
    const { quietMs = 500, graceMs = 2000 } = this.options;
    const quiet = [...this.drains]
      .filter(isDue)
      .map((drain) => ({ drain, ms: performance.now() - drain.quietSince }))
      .filter(({ ms }) => ms >= Math.min(quietMs, graceMs));
    const open = new Map(
      [...new Set(quiet.map(({ drain }) => path.basename(drain.held.target)))].map((name) => [
        name,
        filesOpenForWriting(name),
      ]),
    );
    const isOver = (held: Held, ms: number) => {
      const writers = open.get(path.basename(held.target)) ?? null;
      return writers ? ms >= quietMs && !isOpen(held, writers) : ms >= graceMs;
    };
    return quiet.filter(({ drain, ms }) => isOver(drain.held, ms)).map(({ drain }) => drain);
  }

  /** Carries over what came since the last time. */
  private async drain(drain: Drain): Promise<void> {
    const stamp = isDue(drain) ? stampOf(drain.held.path) : null;
    if (stamp === null || stamp === drain.stamp) return;
    if (drain.stamp) drain.quietSince = performance.now();
    await this.attempt(drain, async () => {
      const result = await this.carry(drain.held, false);
      drain.stamp = result === "later" ? "" : stamp;
      drain.complete = result === "complete";
    });
  }

  private async finish(drain: Drain): Promise<void> {
    await this.attempt(drain, async () => {
      const stamp = stampOf(drain.held.path);
      const before = drain.held.carried.size;
      if (stamp !== null && !(drain.complete && stamp === drain.stamp)) await this.carry(drain.held, true);
      if (drain.held.carried.size > before) drain.quietSince = performance.now();
      else if (this.isStillThere(drain)) this.forget(drain);
    });
  }

  private forget(drain: Drain): void {
    this.mayWrite();
    fs.rmSync(drain.held.path, { force: true });
    this.drains.delete(drain);
  }

  /** Whether the target has all that was carried there; what it has lost meanwhile is added again, and is to be looked for again. */
  private isStillThere(drain: Drain): boolean {
    const { target, carried } = drain.held;
    const added = carried.size
      ? appendNew(
          target,
          [...carried].map((line) => Buffer.from(line, "latin1")),
          this.mayWrite,
        )
      : [];
    if (added?.length === 0) return true;
    if (added) syncFile(target);
    drain.quietSince = performance.now();
    drain.gone += 1;
    if (drain.gone <= mostGone) return false;
    this.options.onProblem?.(
      new Error(`${path.basename(target)} keeps being rewritten by others without the late lines.`),
    );
    return true;
  }

  private async attempt(drain: Drain, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      drain.trouble = null;
      drain.failures = 0;
    } catch (error) {
      // How much of a failed append was written is not known; from now on its lines are compared one by one.
      drain.held.copied = null;
      drain.stamp = "";
      // Somebody put something else in its place: what it held cannot be had any more.
      if (isRefused(path.dirname(drain.held.path), path.basename(drain.held.path))) this.drains.delete(drain);
      const trouble = sayTrouble(drain.held, error);
      if (trouble !== drain.trouble) this.options.onProblem?.(error);
      drain.trouble = trouble;
      drain.failures += 1;
      drain.retryAt = performance.now() + Math.min(tickMs * 2 ** drain.failures, longestBackOffMs);
    }
  }

  /** `last`: also a line without an ending, and what a rewrite in place did. "later": the target is in the middle of somebody's line. */
  private async carry(held: Held, last: boolean): Promise<"complete" | "partly" | "later"> {
    const content = readInsideSync(path.dirname(held.path), path.basename(held.path));
    if (held.copied && hasGrown(held.copied, content)) {
      const carried = carryGrowth(held.target, held.copied, content, last, this.mayWrite);
      if (carried?.length) syncFile(held.target);
      remember(held, carried ?? []);
      if (carried) return held.copied.next.byteOffset === content.length ? "complete" : "partly";
      if (!last) return "later";
    } else if (held.copied && !last) return "partly";
    await this.merge(held, content);
    return "complete";
  }

  private async merge(held: Held, late: Buffer): Promise<void> {
    let carried: Buffer[] = [];
    const replaced = await replaceFile(
      held.target,
      (content) => {
        carried = linesNotIn(
          content,
          everyLine(late).flatMap(({ bytes, blank }) => (blank ? [] : [bytes])),
        );
        return mergeLines(content, late);
      },
      this.mayWrite,
    );
    if (!replaced) return;
    remember(held, carried);
    await this.take(replaced);
  }

  private release(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const isDue = ({ retryAt }: Drain): boolean => performance.now() >= retryAt;

/** Of one kind of failure the same each time, whatever the names of the files at hand are. */
function sayTrouble({ target }: Held, error: unknown): string {
  try {
    return (error as NodeJS.ErrnoException).code === undefined && error instanceof Error
      ? error.message
      : refuse(target, error);
  } catch (refused) {
    return (refused as Error).message;
  }
}

const remember = ({ carried }: Held, lines: readonly Buffer[]): void =>
  lines.forEach((line) => carried.add(line.toString("latin1")));

function stampOf(heldPath: string): string | null {
  const stat = fs.lstatSync(heldPath, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeNs}` : null;
}

function isOpen(held: Held, open: ReadonlySet<string>): boolean {
  const stat = fs.lstatSync(held.path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && open.has(identityOf(stat));
}
