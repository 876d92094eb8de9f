import { randomUUID } from "node:crypto";
import fs, { type BigIntStats } from "node:fs";
import { open, realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { carryGrowth, copiedOf, tornLine, type Copied } from "./carry";
import { stillMs } from "./last-line";
import { FileRefused, readInside, readInsideSync } from "./open-inside";
import { draftPrefix, heldPrefix } from "./own-names";

/** A file of thegent's could not be changed; the message is a sentence for people. */
export class QueueWriteError extends Error {
  override readonly name = "QueueWriteError";
}

/** Asked right before each write into a file of thegent's; throws when another process writes there by now. */
export type MayWrite = () => void;

/** The file that was replaced, kept reachable by a second name: whoever had opened it may still append to it. */
export type Held = {
  /** The second name, beside the file; survives a crash and is found again by its form. */
  path: string;
  /** The file that took its place. */
  target: string;
  /** What of it was copied; null when that is not known. */
  copied: Copied | null;
  /** Lines, as Latin-1, that came late and were carried over while others may have read the new file without them already; each once. */
  carried: Set<string>;
};

export const identityOf = (stat: BigIntStats): string => `${stat.dev}:${stat.ino}`;

const attempts = 20;

/**
 * Replaces a file by what `change` makes of its bytes: a finished new file takes its name in one step, with its mode and owner; never
 * what a link leads to. Null when `change` gives null; the file is then untouched, as it is when this throws. Nothing in the file may be lost
 * that others append meanwhile: what comes until the last moment is in the new file, what comes after it goes into the held one, for the
 * Drainer, which is to take it at once: whoever reads the new file without it writes it away. The Drainer makes the file safe on disk, too.
 */
export async function replaceFile(
  file: string,
  change: (content: Buffer) => Buffer | null,
  mayWrite: MayWrite = () => {},
): Promise<Held | null> {
  const directory = await realpath(path.dirname(file)).catch((error: unknown) => refuse(file, error));
  const target = path.join(directory, path.basename(file));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = fs.lstatSync(target, { bigint: true, throwIfNoEntry: false }) ?? refuse(target, { code: "ENOENT" });
    const content = await readWhole(target);
    const next = change(content);
    if (next === null) return null;
    const held = await swap(target, before, content, next, mayWrite).catch((error: unknown) => refuse(target, error));
    if (held) return held;
  }
  throw new QueueWriteError(`${path.basename(target)} keeps being rewritten by others; it was left as it is.`);
}

/** Null when somebody rewrote or replaced the file since it was read. */
async function swap(
  target: string,
  before: BigIntStats,
  content: Buffer,
  next: Buffer,
  mayWrite: MayWrite,
): Promise<Held | null> {
  const directory = path.dirname(target);
  const draft = path.join(directory, draftPrefix(target) + randomUUID());
  const held = path.join(directory, heldPrefix(target) + randomUUID());
  const copied = copiedOf(content);
  try {
    await writeDraft(draft, next, before);
    fs.linkSync(target, held);
    // From here to the rename no other code of this process runs, and other processes have a few microseconds.
    const grown = readIfStill(held, before, content);
    if (!grown || identityOf(fs.lstatSync(target, { bigint: true })) !== identityOf(before)) {
      fs.rmSync(held);
      return null;
    }
    mayWrite();
    carryGrowth(draft, copied, grown, false, mayWrite);
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(held, { force: true });
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return { path: held, target, copied, carried: new Set() };
}

export async function writeDraft(
  draft: string,
  bytes: Buffer,
  like: Pick<BigIntStats, "uid" | "gid" | "mode">,
): Promise<void> {
  fs.accessSync(path.dirname(draft), fs.constants.W_OK);
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    const made = await handle.stat({ bigint: true });
    if (made.uid !== like.uid || made.gid !== like.gid) await handle.chown(Number(like.uid), Number(like.gid));
    await handle.chmod(Number(like.mode & 0o777n));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The bytes of that name, if it is the file that was read and begins with what was read. */
function readIfStill(name: string, before: BigIntStats, content: Buffer): Buffer | null {
  fs.accessSync(name, fs.constants.W_OK);
  if (identityOf(fs.lstatSync(name, { bigint: true })) !== identityOf(before)) return null;
  const now = readInsideSync(path.dirname(name), path.basename(name));
  return now.subarray(0, content.length).equals(content) ? now : null;
}

/** Reads the file, giving a half-written last line a moment to be finished. */
async function readWhole(target: string): Promise<Buffer> {
  const deadline = performance.now() + stillMs;
  for (;;) {
    const content = await readInside(path.dirname(target), path.basename(target)).catch((error: unknown) =>
      refuse(target, error),
    );
    if (tornLine(content) === null || performance.now() >= deadline) return content;
    await sleep(20);
  }
}

export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be written by this account",
  EPERM: "belongs to another account, so it cannot be replaced with its owner kept",
  EROFS: "is on a read-only file system",
  ENOSPC: "cannot be written, because the disk is full",
  EDQUOT: "cannot be written, because the disk quota is used up",
};

export function refuse(file: string, error: unknown): never {
  if (error instanceof QueueWriteError) throw error;
  if (error instanceof FileRefused)
    throw new QueueWriteError(`${path.basename(file)} ${error.is}; it was left as it is.`, { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  throw new QueueWriteError(
    `${path.basename(file)} ${sentences[code] ?? `cannot be written (${code})`}; it was left as it is.`,
    { cause: error },
  );
}
