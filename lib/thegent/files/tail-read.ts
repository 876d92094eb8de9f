/** Reads a file's complete lines from an offset, a bounded piece at a time. */
import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { cutLines, type Line } from "@/lib/thegent/python/lines";
import { lastLine, sinceRead } from "./last-line";
import { PrefixDigest } from "./tail-fingerprint";

/** A line of more than this is no record of thegent's; it is counted and its start kept, but never held in memory whole. */
export const longestLineBytes = 8 * 1024 * 1024;
export const keptOfLongLineBytes = 64 * 1024;

/** The end of such a line is looked for so far in one turn, and so far at all: a file with holes may have it a terabyte away, and others wait. */
export const longLineAtOnceBytes = 64 * 1024 * 1024;
const longestPassedBytes = 1024 * 1024 * 1024;

/** A line's end is not looked for any further. The message is a sentence for people. */
export class EndlessLine extends Error {
  override readonly name = "EndlessLine";
}

const pieceBytes = 1024 * 1024;
const batchLines = 4000;

type LongLine = { number: number; byteOffset: number; length: number; sha256: Buffer; start: Buffer };

/** A line that is too long, as far as it was read; `from` is where it begins. */
export type LongReading = {
  from: number;
  position: number;
  length: number;
  sha256: Hash;
  digest: PrefixDigest;
  start: Buffer;
};

/** Where reading stands: behind a line, everything before it in `digest`. */
export type Position = { offset: number; lines: number; digest: PrefixDigest };

export type TailBatch = {
  /** Without the blank ones, which are only counted. */
  lines: Line[];
  long: LongLine[];
  end: Position;
};

export const fileStart = (): Position => ({ offset: 0, lines: 0, digest: PrefixDigest.empty() });

/**
 * What became, since reading stopped at `offset`, of a last line that had no ending then (last-line.ts). "grown": the lines from there on are
 * not those that were read.
 */
export async function sinceStopped(file: FileHandle, offset: number): Promise<ReturnType<typeof sinceRead>> {
  if (!offset) return "not open";
  const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, offset - 1);
  return sinceRead(buffer[0], bytesRead > 1 ? buffer[1] : undefined);
}

/**
 * Batches of lines from `from` to the last line ending the file has at the time. What follows it is left for later: thegent is still
 * writing it. `still`: the file stood still, so that it is not, and a whole record is one. Of a line that is too long only so much is read in
 * one turn: what of it was read is kept in `memory`, from which the next turn goes on. Throws EndlessLine.
 */
export async function* readBatches(
  file: FileHandle,
  from: Position,
  { still, memory = {} }: { still: boolean; memory?: { long?: LongReading } },
): AsyncGenerator<TailBatch> {
  let at = from;
  let rest: Buffer = Buffer.alloc(0);
  if ((await sinceStopped(file, from.offset)) === "ended") {
    // The line was counted when it was read; its ending belongs to it. An LF behind a CR is passed over below.
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at.offset);
    at = advance(at, buffer, at.offset + 1, 0);
    yield { lines: [], long: [], end: at };
  }
  for (;;) {
    if (memory.long?.from !== at.offset) {
      const piece = await readPiece(file, at.offset + rest.length);
      if (!piece) {
        if (still && lastLine(rest).is === "record") yield unended(at, rest);
        return;
      }
      rest = rest.length ? Buffer.concat([rest, piece]) : piece;
      const cut = cutLines(rest, {
        number: at.lines + 1,
        byteOffset: at.offset,
        previousByteWasCR: await followsCR(file, at.offset),
      });
      const buffer = rest;
      const base = at.offset;
      for (let first = 0; first < cut.lines.length || at.offset < cut.restOffset; first += batchLines) {
        const lines = cut.lines.slice(first, first + batchLines);
        const whole = first + batchLines >= cut.lines.length;
        at = advance(
          at,
          buffer.subarray(at.offset - base),
          whole ? cut.restOffset : lines.at(-1)!.endOffset,
          lines.length,
        );
        yield {
          lines: lines.filter((line) => !line.blank && line.bytes.length <= longestLineBytes),
          long: lines.filter((line) => line.bytes.length > longestLineBytes).map(toLongLine),
          end: at,
        };
      }
      rest = buffer.subarray(at.offset - base);
      if (rest.length <= longestLineBytes) continue;
      memory.long = beginLong(at, rest);
    }
    const long = await readLongLine(file, at, memory.long);
    if (!long) return;
    memory.long = undefined;
    at = long.end;
    rest = Buffer.alloc(0);
    yield { lines: [], long: [long.line], end: at };
  }
}

function unended(at: Position, bytes: Buffer): TailBatch {
  const end = advance(at, bytes, at.offset + bytes.length, 1);
  return {
    lines: [{ number: end.lines, byteOffset: at.offset, bytes, endOffset: end.offset, blank: false }],
    long: [],
    end,
  };
}

const toLongLine = ({ number, byteOffset, bytes }: Line): LongLine => ({
  number,
  byteOffset,
  length: bytes.length,
  sha256: createHash("sha256").update(bytes).digest(),
  start: bytes.subarray(0, keptOfLongLineBytes),
});

function advance(at: Position, bytes: Buffer, offset: number, lines: number): Position {
  const digest = at.digest.copy();
  digest.add(bytes.subarray(0, offset - at.offset));
  return { offset, lines: at.lines + lines, digest };
}

function beginLong(at: Position, begun: Buffer): LongReading {
  const reading = {
    from: at.offset,
    position: at.offset,
    length: 0,
    sha256: createHash("sha256"),
    digest: at.digest.copy(),
    start: Buffer.from(begun.subarray(0, keptOfLongLineBytes)),
  };
  take(reading, begun);
  return reading;
}

/** Whether the file still has the beginning of that line where it was. */
export async function isStillThere(file: FileHandle, { from, start }: LongReading): Promise<boolean> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(start.length), 0, start.length, from);
  return bytesRead === start.length && buffer.equals(start);
}

function take(reading: LongReading, bytes: Buffer): void {
  reading.digest.add(bytes);
  reading.sha256.update(bytes);
  reading.length += bytes.length;
  reading.position += bytes.length;
}

/** The line that begins at `at`, read on; null when the file, or the turn, ends before it does. Throws EndlessLine. */
async function readLongLine(
  file: FileHandle,
  at: Position,
  reading: LongReading,
): Promise<{ line: LongLine; end: Position } | null> {
  for (const until = reading.position + longLineAtOnceBytes; reading.position < until;) {
    if (reading.length > longestPassedBytes)
      throw new EndlessLine("It holds a line of more than 1 GiB; what stands behind its beginning is not read.");
    const piece = await readPiece(file, reading.position);
    if (!piece) return null;
    const [line] = cutLines(piece, {
      number: at.lines + 1,
      byteOffset: reading.position,
      previousByteWasCR: false,
    }).lines;
    take(reading, line?.bytes ?? piece);
    if (!line) continue;
    reading.digest.add(piece.subarray(line.bytes.length, line.endOffset - line.byteOffset));
    const { length, sha256, digest, start } = reading;
    return {
      line: { number: at.lines + 1, byteOffset: at.offset, length, sha256: sha256.digest(), start },
      end: { offset: line.endOffset, lines: at.lines + 1, digest },
    };
  }
  return null;
}

/**
 * A whole document. One longer than `longestLineBytes` is not read to its end, which a file with holes may have a terabyte away: its start is
 * kept, `length` is all of it, and `sha256` is of what was read and the length.
 */
export async function readDocument(file: FileHandle): Promise<{ bytes: Buffer; length: number; sha256: Buffer }> {
  const content = createHash("sha256");
  const kept: Buffer[] = [];
  let length = 0;
  for (
    let piece = await readPiece(file, 0);
    piece && length <= longestLineBytes;
    piece = await readPiece(file, length)
  ) {
    content.update(piece);
    kept.push(piece);
    length += piece.length;
  }
  const bytes = Buffer.concat(kept);
  if (length <= longestLineBytes) return { bytes, length, sha256: content.digest() };
  const all = Math.max(length, (await file.stat()).size);
  return {
    bytes: bytes.subarray(0, keptOfLongLineBytes),
    length: all,
    sha256: content.update(` of ${all} bytes`).digest(),
  };
}

async function readPiece(file: FileHandle, position: number): Promise<Buffer | null> {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const { bytesRead } = await file.read(buffer, 0, pieceBytes, position);
  return bytesRead ? buffer.subarray(0, bytesRead) : null;
}

/** An LF behind a CR ends no line of its own, also when the CR was read earlier. */
async function followsCR(file: FileHandle, offset: number): Promise<boolean> {
  if (!offset) return false;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, offset - 1);
  return bytesRead === 1 && buffer[0] === 0x0d;
}
