import { randomUUID } from "node:crypto";
import fs, { type BigIntStats } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLine, stillMs } from "./last-line";
import { openInside, openInsideSync, readInside } from "./open-inside";
import { draftPrefix } from "./own-names";
import { type MayWrite, QueueWriteError, refuse, syncDirectory, writeDraft } from "./replace-file";
import { directoryOf, syncAs, targetOf } from "./target-file";
import type { Turns } from "./turns";

/** What of the wanted lines, each with its ending, a file of this content does not have. */
export type MissingLines = (content: Buffer) => Buffer[];

type Options = {
  /** Runs changes of the file one after the other. */
  turns: Pick<Turns, "exclusively">;
  mayWrite?: MayWrite;
  lookAgainMs?: number;
};

const attempts = 20;
const newline = Buffer.from("\n");

/**
 * Appends the lines that a JSONL file of thegent's does not have. They are on disk when this returns, and were still there
 * `lookAgainMs` later, whoever rewrote the file meanwhile. A missing file is made as thegent would, in a directory that must exist.
 * Throws a QueueWriteError, a sentence for people. One process at a time may work on a file.
 */
export async function appendMissing(
  file: string,
  missing: MissingLines,
  { turns, mayWrite = () => {}, lookAgainMs = 250 }: Options,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const hadThem = await turns
      .exclusively(() => addMissing(file, missing, mayWrite))
      .catch((error: unknown) => refuse(file, error));
    if (hadThem) return;
    // Not within `exclusively`, so that others need not wait too.
    await sleep(lookAgainMs);
  }
  throw new QueueWriteError(`${path.basename(file)} keeps being rewritten by others without the new records.`);
}

/** Whether the file had them all, so that nothing was added. */
async function addMissing(file: string, missing: MissingLines, mayWrite: MayWrite): Promise<boolean> {
  const target = await targetOf(file);
  if (target === null) {
    await create(file, missing(Buffer.alloc(0)), mayWrite);
    return false;
  }
  const lines = missing(await readEnded(target));
  await append(target, lines, mayWrite);
  return lines.length === 0;
}

/** Reads the file, giving a last line without an ending a moment to get it, or its rest. A whole record is one then, half of one is not. */
async function readEnded(target: string): Promise<Buffer> {
  const deadline = performance.now() + stillMs;
  for (;;) {
    const content = await readInside(path.dirname(target), path.basename(target));
    if (lastLine(content).is === "ended" || performance.now() >= deadline) return content;
    await sleep(20);
  }
}

/** Makes the file safe on disk even when there is nothing to append: whoever appended before may have been killed right after. */
async function append(target: string, lines: Buffer[], mayWrite: MayWrite): Promise<void> {
  const handle = await openInside(
    path.dirname(target),
    path.basename(target),
    fs.constants.O_RDWR | fs.constants.O_APPEND,
  );
  try {
    if (lines.length) appendOnce(handle.fd, Buffer.concat(lines), path.basename(target), mayWrite);
    await syncAs("the new records", handle, target);
  } finally {
    await handle.close();
  }
}

/** One write. From the look at the last byte to its end, no other code of this process runs and others have a few microseconds. */
function appendOnce(fd: number, lines: Buffer, name: string, mayWrite: MayWrite): void {
  const { size } = fs.fstatSync(fd);
  const bytes = endsLine(fd, size) ? lines : Buffer.concat([newline, lines]);
  mayWrite();
  const written = fs.writeSync(fd, bytes);
  if (written === bytes.length) return;
  // A part of a line would swallow the next line that thegent appends.
  const isLast = fs.fstatSync(fd).size === size + written;
  if (isLast) fs.ftruncateSync(fd, size);
  throw new QueueWriteError(
    `${name} took only a part of the new records, as with a full disk${isLast ? "; it was left as it is" : ""}.`,
  );
}

function endsLine(fd: number, size: number): boolean {
  if (size === 0) return true;
  const end = Buffer.alloc(1);
  return fs.readSync(fd, end, 0, 1, size - 1) === 1 && end.equals(newline);
}

/** A finished file takes the name in one step, unless somebody made one meanwhile. */
async function create(file: string, lines: Buffer[], mayWrite: MayWrite): Promise<void> {
  const directory = await directoryOf(file);
  const target = path.join(directory, path.basename(file));
  const draft = path.join(directory, draftPrefix(target) + randomUUID());
  try {
    await writeDraft(draft, Buffer.concat(lines), asThegentsIn(directory));
    mayWrite();
    fs.linkSync(draft, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EPERM")
      throw new QueueWriteError(
        `${path.basename(file)} cannot be made so that thegent may write it, because its directory belongs to another account.`,
        { cause: error },
      );
    if (code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(directory);
}

/** Owner and rights with which thegent, whose account may be another, can append: those of the file it makes first of all, else the directory's. */
function asThegentsIn(directory: string): Pick<BigIntStats, "uid" | "gid" | "mode"> {
  const { uid, gid, mode } = registryIn(directory) ?? fs.statSync(directory, { bigint: true });
  return { uid, gid, mode: mode & 0o666n };
}

/** Null when there is none that may be read: what stands there instead has the owner and the rights of somebody else. */
function registryIn(directory: string): BigIntStats | null {
  try {
    const fd = openInsideSync(directory, "run_registry.jsonl");
    const stats = fs.fstatSync(fd, { bigint: true });
    fs.closeSync(fd);
    return stats;
  } catch {
    return null;
  }
}
