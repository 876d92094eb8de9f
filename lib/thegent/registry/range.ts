/** Reads the lines that begin in a range of a file: whoever reads the ranges around it reads the others, and each line once. */
import { readSync } from "node:fs";

export type Range = { from: number; to: number };
export type Lines = {
  /** With a 0 behind the lines. */
  bytes: Buffer;
  from: number;
  to: number;
  /** Where `bytes` begins in the file. */
  offset: number;
};

const [LF, CR] = [0x0a, 0x0d];
const moreBytes = 256 * 1024;
/** A line is held whole. One of more than this is none of thegent's, and what thegent makes of it is not asked. */
const longestBytes = 256 * 1024 * 1024;

export class TooLong extends Error {
  override readonly name = "TooLong";
}

export class RangeReader {
  private buffer = Buffer.alloc(0);

  constructor(
    private readonly fd: number,
    /** What the file held when it was opened; what is appended since is not looked at. */
    private readonly size: number,
  ) {}

  /** The buffer is used again for the next range. */
  read(range: Range): Lines {
    // The byte before tells whether a line begins with the range.
    const offset = Math.max(0, range.from - 1);
    let filled = 0;
    let wanted = Math.min(this.size, range.to + moreBytes) - offset;
    for (;;) {
      filled = this.fill(offset, filled, wanted);
      const atEnd = offset + filled >= this.size || filled < wanted;
      const from = range.from === 0 ? 0 : lineStart(this.buffer, 0, filled, atEnd);
      const to = lineStart(this.buffer, range.to - 1 - offset, filled, atEnd);
      if (from !== -1 && from >= range.to - offset) return { bytes: this.buffer, from: 0, to: 0, offset };
      if (from !== -1 && to !== -1) {
        this.buffer[to] = to === filled ? 0 : this.buffer[to]!;
        return { bytes: this.buffer, from, to, offset };
      }
      // No line begins in the range, which lies within a long one.
      if (from === -1 && filled > range.to - offset + 1) return { bytes: this.buffer, from: 0, to: 0, offset };
      if (filled > longestBytes) throw new TooLong(`a line is longer than ${longestBytes / 1024 / 1024} MiB`);
      wanted = Math.min(this.size - offset, filled * 2);
    }
  }

  private fill(offset: number, filled: number, wanted: number): number {
    if (this.buffer.length < wanted + 1) this.buffer = Buffer.concat([this.buffer.subarray(0, filled)], wanted + 1);
    while (filled < wanted) {
      const read = readSync(this.fd, this.buffer, filled, wanted - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
    this.buffer[filled] = 0;
    return filled;
  }
}

/** Where the first line begins behind the byte at `at`; the end when there is none any more; -1: more must be read to know. */
function lineStart(bytes: Buffer, at: number, filled: number, atEnd: boolean): number {
  const within = bytes.subarray(0, filled);
  const lf = within.indexOf(LF, at);
  const cr = within.subarray(0, lf === -1 ? filled : lf).indexOf(CR, at);
  if (cr === -1) return lf === -1 ? (atEnd ? filled : -1) : lf + 1;
  if (cr + 1 < filled) return bytes[cr + 1] === LF ? cr + 2 : cr + 1;
  return atEnd ? filled : -1;
}
