import { readSync } from "node:fs";
import { findFault, sayFault } from "@/lib/thegent/python/utf8-error";

/** Python's text files are decoded so many bytes at a time, and positions are told within them. */
const blockBytes = 8192;

/** The message of the UnicodeDecodeError that reading a file raises, whose first fault lies at or behind `from`, where a line begins. */
export function whereItRaises(fd: number, from: number): string {
  const start = from - (from % blockBytes);
  // What the block before leaves undecoded at its end is at most three bytes; it is whole text, or the fault would lie there.
  const lead = readAt(fd, start - Math.min(3, start), Math.min(3, start));
  const own = continuations(lead);
  const before = findFault(lead.subarray(own));
  let data = "pending" in before ? lead.subarray(own + before.pending) : Buffer.alloc(0);
  for (let at = start; ; at += blockBytes) {
    const block = readAt(fd, at, blockBytes);
    data = Buffer.concat([data, block]);
    const found = findFault(data, block.length === 0);
    if (!("pending" in found)) return sayFault(data, found);
    if (block.length === 0) throw new Error("The file has changed: its fault is gone.");
    data = data.subarray(found.pending);
  }
}

/** How many bytes at the beginning belong to a sequence that began before. */
function continuations(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at++;
  return at;
}

function readAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, length === 0 ? 0 : readSync(fd, bytes, 0, length, at));
}
