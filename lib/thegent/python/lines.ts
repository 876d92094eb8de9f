import { isBlank } from "./text";

export type Line = {
  /** 1-based, blank lines counted. */
  number: number;
  byteOffset: number;
  /** Without the ending; a view into the buffer, not a copy. */
  bytes: Buffer;
  /** Of the first byte after the ending. After a CR that ends the buffer, an LF may still follow and belongs to the ending. */
  endOffset: number;
  /** Blank for Python's str.strip: counted, but no record. */
  blank: boolean;
};

export type LinesStart = {
  /** Number of the first line in the buffer. */
  number: number;
  /** Where in the file the buffer begins. */
  byteOffset: number;
  /** The byte before the buffer was a CR; an LF at its start then ends no line. */
  previousByteWasCR: boolean;
};

export type CutLines = {
  lines: Line[];
  /** Where the incomplete last line begins; the end of the buffer when there is none. */
  restOffset: number;
  /** The start for the bytes at `restOffset`. */
  next: LinesStart;
};

const [LF, CR] = [0x0a, 0x0d];
const fileStart: LinesStart = { number: 1, byteOffset: 0, previousByteWasCR: false };

/**
 * Cuts bytes into complete lines as thegent's readers do: LF, CRLF and a lone CR end a line, U+2028 and U+0085 do not.
 * What follows the last ending is not a line yet.
 */
export function cutLines(buffer: Buffer, start: LinesStart = fileStart): CutLines {
  const lines: Line[] = [];
  let at = start.previousByteWasCR && buffer[0] === LF ? 1 : 0;
  let nextCR = buffer.indexOf(CR, at);
  for (;;) {
    const lf = buffer.indexOf(LF, at);
    if (nextCR !== -1 && nextCR < at) nextCR = buffer.indexOf(CR, at);
    const end = earlier(lf, nextCR);
    if (end === -1) break;
    const after = end === nextCR && lf === end + 1 ? end + 2 : end + 1;
    const bytes = buffer.subarray(at, end);
    lines.push({
      number: start.number + lines.length,
      byteOffset: start.byteOffset + at,
      bytes,
      endOffset: start.byteOffset + after,
      blank: isBlank(bytes),
    });
    at = after;
  }
  const previousByteWasCR = at > 0 ? buffer[at - 1] === CR : start.previousByteWasCR;
  const restOffset = start.byteOffset + at;
  return {
    lines,
    restOffset,
    next: { number: start.number + lines.length, byteOffset: restOffset, previousByteWasCR },
  };
}

/** All lines of a whole file: a last one without an ending is a line too, as it is for thegent's readers. */
export function everyLine(content: Buffer): Line[] {
  const { lines, restOffset, next } = cutLines(content);
  if (restOffset === content.length) return lines;
  const bytes = content.subarray(restOffset);
  return [
    ...lines,
    { number: next.number, byteOffset: restOffset, bytes, endOffset: content.length, blank: isBlank(bytes) },
  ];
}

function earlier(a: number, b: number): number {
  if (a === -1) return b;
  return b === -1 ? a : Math.min(a, b);
}
