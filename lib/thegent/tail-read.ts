/** Reads a file's complete lines from an offset, a bounded piece at a time. */
import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { lastLine, sinceRead } from "./last-line";
import { cutLines, type Line } from "./lines";
import { PrefixDigest } from "./tail-fingerprint";

/** A line of more than this is no record of thegent's; it is counted and its start kept, but never held in memory whole. */
export const longestLineBytes = 8 * 1024 * 1024;
export const keptOfLongLineBytes = 64 * 1024;

const pieceBytes = 1024 * 1024;
const batchLines = 4000;

export type LongLine = { number: number; byteOffset: number; length: number; sha256: Buffer; start: Buffer };

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
 * writing it. `still`: the file stood still, so that it is not, and a whole record is one.
 */
export async function* readBatches(file: FileHandle, from: Position, { still }: { still: boolean }): AsyncGenerator<TailBatch> {
  let at = from;
  let rest: Buffer = Buffer.alloc(0);
  if ((await sinceStopped(file, from.offset)) === "ended") {
    // The line was counted when it was read; its ending belongs to it. An LF behind a CR is passed over below.
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at.offset);
    at = advance(at, buffer, at.offset + 1, 0);
    yield { lines: [], long: [], end: at };
  }
  for (;;) {
    const piece = await readPiece(file, at.offset + rest.length);
    if (!piece) {
      if (still && lastLine(rest).is === "record") yield unended(at, rest);
      return;
    }
    rest = rest.length ? Buffer.concat([rest, piece]) : piece;
    const cut = cutLines(rest, { number: at.lines + 1, byteOffset: at.offset, previousByteWasCR: await followsCR(file, at.offset) });
    const buffer = rest;
    const base = at.offset;
    for (let first = 0; first < cut.lines.length || at.offset < cut.restOffset; first += batchLines) {
      const lines = cut.lines.slice(first, first + batchLines);
      const whole = first + batchLines >= cut.lines.length;
      at = advance(at, buffer.subarray(at.offset - base), whole ? cut.restOffset : lines.at(-1)!.endOffset, lines.length);
      yield {
        lines: lines.filter((line) => !line.blank && line.bytes.length <= longestLineBytes),
        long: lines.filter((line) => line.bytes.length > longestLineBytes).map(toLongLine),
        end: at,
      };
    }
    rest = buffer.subarray(at.offset - base);
    if (rest.length <= longestLineBytes) continue;

    const long = await readLongLine(file, at, rest);
    if (!long) return;
    at = long.end;
    rest = Buffer.alloc(0);
    yield { lines: [], long: [long.line], end: at };
  }
}

function unended(at: Position, bytes: Buffer): TailBatch {
  const end = advance(at, bytes, at.offset + bytes.length, 1);
  return { lines: [{ number: end.lines, byteOffset: at.offset, bytes, endOffset: end.offset, blank: false }], long: [], end };
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

/** The line that begins at `at` and fills `begun` without an end; null when the file ends first. */
async function readLongLine(file: FileHandle, at: Position, begun: Buffer): Promise<{ line: LongLine; end: Position } | null> {
  const start = Buffer.from(begun.subarray(0, keptOfLongLineBytes));
  const digest = at.digest.copy();
  const content = createHash("sha256");
  let length = 0;
  const take = (bytes: Buffer, hash: Hash) => {
    digest.add(bytes);
    hash.update(bytes);
    length += bytes.length;
  };
  take(begun, content);
  for (let position = at.offset + begun.length; ; ) {
    const piece = await readPiece(file, position);
    if (!piece) return null;
    const [line] = cutLines(piece, { number: at.lines + 1, byteOffset: position, previousByteWasCR: false }).lines;
    if (!line) {
      take(piece, content);
      position += piece.length;
      continue;
    }
    take(line.bytes, content);
    digest.add(piece.subarray(line.bytes.length, line.endOffset - position));
    return {
      line: { number: at.lines + 1, byteOffset: at.offset, length, sha256: content.digest(), start },
      end: { offset: line.endOffset, lines: at.lines + 1, digest },
    };
  }
}

/**
 * A whole document. One longer than `longestLineBytes` is not read to its end, which a file with holes may have a terabyte away: its start is
 * kept, `length` is all of it, and `sha256` is of what was read and the length.
 */
export async function readDocument(file: FileHandle): Promise<{ bytes: Buffer; length: number; sha256: Buffer }> {
  const content = createHash("sha256");
  const kept: Buffer[] = [];
  let length = 0;
  for (let piece = await readPiece(file, 0); piece && length <= longestLineBytes; piece = await readPiece(file, length)) {
    content.update(piece);
    kept.push(piece);
    length += piece.length;
  }
  const bytes = Buffer.concat(kept);
  if (length <= longestLineBytes) return { bytes, length, sha256: content.digest() };
  const all = Math.max(length, (await file.stat()).size);
  return { bytes: bytes.subarray(0, keptOfLongLineBytes), length: all, sha256: content.update(` of ${all} bytes`).digest() };
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
