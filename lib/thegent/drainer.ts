import fs from "node:fs";
import path from "node:path";
import { cutLines } from "./lines";
import { isRefused, openInsideSync, readInsideSync } from "./open-inside";
import { mergeLines } from "./queue-lines";
import { digestOf, type Held, identityOf, type MayWrite, replaceFile } from "./replace-file";
import { Turns } from "./turns";
import { filesOpenForWriting } from "./writers";

export type DrainerOptions = {
  /** How long nothing may have come, when the system says that nobody has the old file open for writing. */
  quietMs?: number;
  /** The same, when the system cannot say. */
  graceMs?: number;
  /** Also for those whose files it drains. */
  mayWrite?: MayWrite;
  /** Told of every failure; the lines stay in the held file and are tried again. */
  onProblem?: (error: unknown) => void;
};

type Drain = {
  held: Held;
  /** Size and time of the held file when it was last carried over. */
  stamp: string;
  /** Whether all of it was: not with a line half written, or rewritten in place. */
  complete: boolean;
  quietSince: number;
};

const tickMs = 50;
/** Looking through /proc costs some milliseconds. */
const lookEveryMs = 250;
const newline = Buffer.from("\n");

/**
 * Carries what late writers append to replaced files into the files that took their place, until nobody can write there any more.
 * thegent opens, appends and closes, without locks: who opened the queue just before it was replaced writes into the old file.
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

  /** Takes charge of a held file and drains it once. Call within `exclusively`. */
  async take(held: Held): Promise<void> {
    const drain: Drain = { held, stamp: "", complete: false, quietSince: performance.now() };
    this.drains.add(drain);
    await this.drain(drain);
    this.schedule();
  }

  has(heldPath: string): boolean {
    return [...this.drains].some(({ held }) => held.path === heldPath);
  }

  /** Resolves when no held file is left. */
  settled(): Promise<void> {
    return this.drains.size ? new Promise((resolve) => this.waiting.push(resolve)) : this.turns.exclusively(async () => undefined);
  }

  /** Drains a last time and stops. Held files that somebody may still write to stay, for `recoverDrains` at the next start. */
  async close(): Promise<void> {
    await this.exclusively(() => this.tick());
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
    const quiet = [...this.drains].map((drain) => ({ drain, ms: performance.now() - drain.quietSince })).filter(({ ms }) => ms >= Math.min(quietMs, graceMs));
    const open = new Map([...new Set(quiet.map(({ drain }) => path.basename(drain.held.target)))].map((name) => [name, filesOpenForWriting(name)]));
    const isOver = (held: Held, ms: number) => {
      const writers = open.get(path.basename(held.target)) ?? null;
      return writers ? ms >= quietMs && !isOpen(held, writers) : ms >= graceMs;
    };
    return quiet.filter(({ drain, ms }) => isOver(drain.held, ms)).map(({ drain }) => drain);
  }

  /** Carries over what came since the last time. */
  private async drain(drain: Drain): Promise<void> {
    const stamp = stampOf(drain.held.path);
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
      if (stamp !== null && !(drain.complete && stamp === drain.stamp)) await this.carry(drain.held, true);
      this.mayWrite();
      fs.rmSync(drain.held.path, { force: true });
      this.drains.delete(drain);
    });
  }

  private async attempt(drain: Drain, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // How much of a failed append was written is not known; from now on its lines are compared one by one.
      drain.held.copied = null;
      drain.stamp = "";
      // Somebody put something else in its place: what it held cannot be had any more.
      if (isRefused(path.dirname(drain.held.path), path.basename(drain.held.path))) this.drains.delete(drain);
      this.options.onProblem?.(error);
    }
  }

  /** `last`: also a line without an ending, and what a rewrite in place did. "later": the target is in the middle of somebody's line. */
  private async carry(held: Held, last: boolean): Promise<"complete" | "partly" | "later"> {
    const content = readInsideSync(path.dirname(held.path), path.basename(held.path));
    if (held.copied && hasGrown(held.copied, content)) {
      const appended = appendGrowth(held.target, held.copied, content, last, this.mayWrite);
      if (appended) return held.copied.next.byteOffset === content.length ? "complete" : "partly";
      if (!last) return "later";
    } else if (held.copied && !last) return "partly";
    await this.merge(held, content);
    return "complete";
  }

  private async merge(held: Held, late: Buffer): Promise<void> {
    const replaced = await replaceFile(held.target, (content) => mergeLines(content, late), this.mayWrite);
    if (replaced) await this.take(replaced);
  }

  private release(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const hasGrown = ({ next, digest }: NonNullable<Held["copied"]>, content: Buffer): boolean =>
  content.length >= next.byteOffset && digestOf(content.subarray(0, next.byteOffset)) === digest;

/** Appends the new lines in one write. False when the target is in the middle of somebody's line, which must not be cut. */
function appendGrowth(target: string, copied: NonNullable<Held["copied"]>, content: Buffer, last: boolean, mayWrite: MayWrite): boolean {
  const rest = content.subarray(copied.next.byteOffset);
  const { lines, restOffset, next } = cutLines(rest, copied.next);
  const tail = content.subarray(restOffset);
  const pieces = [...lines.filter((line) => !line.blank).map((line) => line.bytes), ...(last && tail.length ? [tail] : [])];
  // The torn piece itself was copied already.
  if (copied.torn !== null && pieces[0]?.toString("latin1") === copied.torn) pieces.shift();
  if (pieces.length && !appendLines(target, pieces, mayWrite)) return false;
  if (next.byteOffset === copied.next.byteOffset) return true;
  copied.digest = digestOf(content.subarray(0, next.byteOffset));
  copied.next = next;
  copied.torn = null;
  return true;
}

function appendLines(target: string, lines: Buffer[], mayWrite: MayWrite): boolean {
  const fd = openInsideSync(path.dirname(target), path.basename(target), fs.constants.O_RDWR | fs.constants.O_APPEND);
  try {
    const { size } = fs.fstatSync(fd);
    const end = Buffer.alloc(1);
    if (size > 0 && (fs.readSync(fd, end, 0, 1, size - 1) !== 1 || !end.equals(newline))) return false;
    const bytes = Buffer.concat(lines.flatMap((line) => [line, newline]));
    mayWrite();
    if (fs.writeSync(fd, bytes) !== bytes.length) throw new Error(`${path.basename(target)} took only a part of the late lines.`);
    fs.fsyncSync(fd);
    return true;
  } finally {
    fs.closeSync(fd);
  }
}

function stampOf(heldPath: string): string | null {
  const stat = fs.lstatSync(heldPath, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeNs}` : null;
}

function isOpen(held: Held, open: ReadonlySet<string>): boolean {
  const stat = fs.lstatSync(held.path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && open.has(identityOf(stat));
}
