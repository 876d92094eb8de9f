/** A whole file's lines, a bounded piece of it in memory at a time: for who reads it once, from its beginning. */
import { cutLines, everyLine, type Line } from "@/lib/thegent/python/lines";
import { openInside } from "./open-inside";
import { EndlessLine } from "./tail-read";

const pieceBytes = 1024 * 1024;
/** A line is held whole. One of more than this is none of thegent's, and what thegent makes of it is not asked. */
const longestBytes = 256 * 1024 * 1024;

/**
 * The lines as thegent's readers see them, the last one without an ending too, some at a time. Throws as openInside does, and EndlessLine.
 */
export async function* streamLines(root: string, relative: string): AsyncGenerator<Line[]> {
  const handle = await openInside(root, relative);
  try {
    let start = { number: 1, byteOffset: 0, previousByteWasCR: false };
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const piece = Buffer.allocUnsafe(Math.max(pieceBytes, rest.length));
      const { bytesRead } = await handle.read(piece, 0, piece.length, start.byteOffset + rest.length);
      if (bytesRead === 0) break;
      rest = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      const { lines, restOffset, next } = cutLines(rest, start);
      if (lines.length) yield lines;
      rest = rest.subarray(restOffset - start.byteOffset);
      start = next;
      if (rest.length > longestBytes)
        throw new EndlessLine(`Line ${start.number} is longer than ${longestBytes / 1024 / 1024} MiB.`);
    }
    const [last] = everyLine(rest);
    if (last) yield [{ ...last, number: start.number, byteOffset: start.byteOffset }];
  } finally {
    await handle.close();
  }
}
