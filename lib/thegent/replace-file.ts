import { createHash, randomUUID } from "node:crypto";
import fs, { type BigIntStats } from "node:fs";
import { open, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLine, stillMs } from "./last-line";
import { cutLines, type LinesStart } from "./lines";
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
  /** What of it was copied, so that growth can be told from a rewrite in place; null when that is not known. */
  copied: { next: LinesStart; digest: string; torn: string | null } | null;
};

export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const identityOf = (stat: BigIntStats): string => `${stat.dev}:${stat.ino}`;

const attempts = 20;

/**
 * Replaces a file by what `change` makes of its bytes: a finished new file takes its name in one step, with its mode and owner, on disk when
 * this returns; never what a link leads to. Null when `change` gives null; the file is then untouched, as it is when this throws.
 * Nothing in the file may be lost that others append meanwhile: what comes after the copy goes into the held file, for the Drainer.
 */
export async function replaceFile(file: string, change: (content: Buffer) => Buffer | null, mayWrite: MayWrite = () => {}): Promise<Held | null> {
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
async function swap(target: string, before: BigIntStats, content: Buffer, next: Buffer, mayWrite: MayWrite): Promise<Held | null> {
  const directory = path.dirname(target);
  const draft = path.join(directory, draftPrefix(target) + randomUUID());
  const held = path.join(directory, heldPrefix(target) + randomUUID());
  try {
    await writeDraft(draft, next, before);
    fs.linkSync(target, held);
    // From here to the rename no other code of this process runs, and other processes have a few microseconds.
    if (!isStill(held, before, content) || identityOf(fs.lstatSync(target, { bigint: true })) !== identityOf(before)) {
      fs.rmSync(held);
      return null;
    }
    mayWrite();
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(held, { force: true });
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(directory);
  return { path: held, target, copied: copiedOf(content) };
}

export async function writeDraft(draft: string, bytes: Buffer, like: Pick<BigIntStats, "uid" | "gid" | "mode">): Promise<void> {
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

/** Whether the file of that name is the one that was read, and begins with what was read. */
function isStill(name: string, before: BigIntStats, content: Buffer): boolean {
  fs.accessSync(name, fs.constants.W_OK);
  if (identityOf(fs.lstatSync(name, { bigint: true })) !== identityOf(before)) return false;
  return readInsideSync(path.dirname(name), path.basename(name)).subarray(0, content.length).equals(content);
}

/** Reads the file, giving a half-written last line a moment to be finished. */
async function readWhole(target: string): Promise<Buffer> {
  const deadline = performance.now() + stillMs;
  for (;;) {
    const content = await readInside(path.dirname(target), path.basename(target)).catch((error: unknown) => refuse(target, error));
    if (tornLine(content) === null || performance.now() >= deadline) return content;
    await sleep(20);
  }
}

/** The last line, when its rest may be on its way. */
function tornLine(content: Buffer): string | null {
  const last = lastLine(content);
  return last.is === "half" ? last.bytes.toString("latin1") : null;
}

/** A torn line counts as not copied: should its rest come, the whole line is added. */
function copiedOf(content: Buffer): NonNullable<Held["copied"]> {
  const torn = tornLine(content);
  const { next } = cutLines(content);
  const isWhole = torn !== null || next.byteOffset === content.length;
  const copiedTo = isWhole ? next : { ...next, byteOffset: content.length, previousByteWasCR: false };
  return { next: copiedTo, digest: digestOf(content.subarray(0, copiedTo.byteOffset)), torn };
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
  if (error instanceof FileRefused) throw new QueueWriteError(`${path.basename(file)} ${error.is}; it was left as it is.`, { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  throw new QueueWriteError(`${path.basename(file)} ${sentences[code] ?? `cannot be written (${code})`}; it was left as it is.`, { cause: error });
}
