/**
 * What to do about a file, from what is remembered of it and what the disk says. Two memories: the database's (how far the file
 * was recorded, shared by every worker) and this process's own of its last look, which saves asking the database when nothing moved.
 */
import type { BigIntStats } from "node:fs";

/** The disk's word on a file, exact enough to notice any write. */
export type DiskState = {
  /** "device:inode". */
  identity: string;
  size: number;
  mtimeMs: number;
  /** Changes with every write, also when somebody sets the modification time back. */
  changeStamp: string;
};

export function diskState(stats: BigIntStats): DiskState {
  return {
    identity: `${stats.dev}:${stats.ino}`,
    size: Number(stats.size),
    mtimeMs: Number(stats.mtimeMs),
    changeStamp: `${stats.mtimeNs}:${stats.ctimeNs}`,
  };
}

/** A finished look at a file, in this process. */
export type Look = {
  disk: DiskState;
  at: number;
  /** When everything read so far was last compared with the disk, in milliseconds. */
  wholeCheckAt: number;
  /** Whether the file changed since. */
  wholeCheckDue: boolean;
  /** Whether a last line without its newline is still to be looked at, once it stood still. */
  lastLineDue: boolean;
};

/** What the database holds of a file. */
export type Recorded = { identity: string | null; offset: number; digest: string | null };

/** Prefixes up to this size are always compared as a whole. */
export const smallPrefixBytes = 4 * 1024 * 1024;
/** Larger ones while they grow: at most this often. */
export const wholeCheckEveryMs = 60_000;
/** Timestamps of the kernel stand still for some milliseconds, in which a write does not show. */
export const racyMs = 100;
/** thegent truncates and then writes: what it does to a file in place is taken up after this much quiet, or when it has gone on for `settleAtMostMs`. */
const settleMs = 250;
const settleAtMostMs = 1_000;

/** Whether a file must be opened at all. */
export function needsLook(last: Look | undefined, disk: DiskState, now: number): boolean {
  if (!last || last.lastLineDue) return true;
  if (
    last.disk.identity !== disk.identity ||
    last.disk.size !== disk.size ||
    last.disk.changeStamp !== disk.changeStamp
  )
    return true;
  if (Math.abs(last.at - disk.mtimeMs) < racyMs) return true;
  return last.wholeCheckDue && now - last.wholeCheckAt >= wholeCheckEveryMs;
}

export type Plan =
  /** Nothing recorded yet: read from the start. */
  | { do: "begin" }
  /** Compare what was read with the disk; read on if it is still there, else it was rewritten in place. */
  | { do: "go-on"; compare: "edges" | "whole"; digest: string }
  /** The recorded bytes are not those of this file any more: read it all again. A shorter file counts as truncated whichever it is: it may be in the making. */
  | { do: "again"; because: "replaced" | "truncated" };

export function planRead(recorded: Recorded, disk: DiskState, last: Look | undefined, now: number): Plan {
  if (recorded.offset === 0) return { do: "begin" };
  if (disk.size < recorded.offset) return { do: "again", because: "truncated" };
  if (recorded.identity !== disk.identity || recorded.digest === null) return { do: "again", because: "replaced" };
  const grew = last !== undefined && disk.size > last.disk.size;
  const seldom = last !== undefined && now - last.wholeCheckAt < wholeCheckEveryMs;
  const edgesDo = grew && seldom && recorded.offset > smallPrefixBytes;
  return { do: "go-on", compare: edgesDo ? "edges" : "whole", digest: recorded.digest };
}

/**
 * Whether a file that was changed has come to rest. One that replaced another is whole at once; of one that is being rewritten
 * we would see a part, and take the rest for removed. `since` is when this process first saw the change.
 */
export function hasSettled(
  because: "replaced" | "truncated" | "rewritten",
  disk: DiskState,
  since: number,
  now: number,
): boolean {
  return because === "replaced" || now - disk.mtimeMs >= settleMs || now - since >= settleAtMostMs;
}
