/** Carries what others append to a file that was replaced into the one that took its place; synchronous, so that no other code of this process runs in between. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cutLines, type LinesStart } from "@/lib/thegent/python/lines";
import { linesNotIn } from "@/lib/thegent/records/queue-lines";
import { lastLine } from "./last-line";
import { openInsideSync } from "./open-inside";

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const newline = Buffer.from("\n");

/** What of the old file was copied, so that growth can be told from a rewrite in place. */
export type Copied = { next: LinesStart; digest: string; torn: string | null };

/** The last line, when its rest may be on its way. */
export function tornLine(content: Buffer): string | null {
  const last = lastLine(content);
  return last.is === "half" ? last.bytes.toString("latin1") : null;
}

/** A torn line counts as not copied: should its rest come, the whole line is added. */
export function copiedOf(content: Buffer): Copied {
  const torn = tornLine(content);
  const { next } = cutLines(content);
  const isWhole = torn !== null || next.byteOffset === content.length;
  const copiedTo = isWhole ? next : { ...next, byteOffset: content.length, previousByteWasCR: false };
  return { next: copiedTo, digest: digestOf(content.subarray(0, copiedTo.byteOffset)), torn };
}

/** Whether the old file still begins with what was copied. */
export const hasGrown = ({ next, digest }: Copied, content: Buffer): boolean =>
  content.length >= next.byteOffset && digestOf(content.subarray(0, next.byteOffset)) === digest;

/**
 * Appends what came into the old file since the copy to `target`, in one write, and says which lines; not on disk yet. Null when the target is in
 * the middle of somebody's line, which must not be cut. `last`: also a line without an ending. What the target has already, because somebody
 * read it in the old file and wrote it into the new one, is not added again.
 */
export function carryGrowth(
  target: string,
  copied: Copied,
  content: Buffer,
  last: boolean,
  mayWrite: () => void,
): Buffer[] | null {
  const rest = content.subarray(copied.next.byteOffset);
  const { lines, restOffset, next } = cutLines(rest, copied.next);
  const tail = content.subarray(restOffset);
  const pieces = [
    ...lines.filter((line) => !line.blank).map((line) => line.bytes),
    ...(last && tail.length ? [tail] : []),
  ];
  // The torn piece itself was copied already.
  if (copied.torn !== null && pieces[0]?.toString("latin1") === copied.torn) pieces.shift();
  const carried = pieces.length ? appendNew(target, pieces, mayWrite) : [];
  if (carried === null || next.byteOffset === copied.next.byteOffset) return carried;
  copied.digest = digestOf(content.subarray(0, next.byteOffset));
  copied.next = next;
  copied.torn = null;
  return carried;
}

/** Those of the lines that the file did not have, which it has now. Null when it is being written, or ends in the middle of a line. */
export function appendNew(target: string, lines: readonly Buffer[], mayWrite: () => void): Buffer[] | null {
  const fd = openInsideSync(path.dirname(target), path.basename(target), fs.constants.O_RDWR | fs.constants.O_APPEND);
  try {
    const content = fs.readFileSync(fd);
    // Empty, without an ending or another size by now: somebody is writing it, and perhaps just these lines.
    if (content.at(-1) !== newline[0]) return null;
    const missing = linesNotIn(content, lines);
    if (fs.fstatSync(fd).size !== content.length) return null;
    const bytes = Buffer.concat(missing.flatMap((line) => [line, newline]));
    if (bytes.length) mayWrite();
    if (bytes.length && fs.writeSync(fd, bytes) !== bytes.length)
      throw new Error(`${path.basename(target)} took only a part of the late lines.`);
    return missing;
  } finally {
    fs.closeSync(fd);
  }
}

export function syncFile(file: string): void {
  const fd = openInsideSync(path.dirname(file), path.basename(file), fs.constants.O_RDWR);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
