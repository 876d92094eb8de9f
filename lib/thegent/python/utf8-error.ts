/** What Python's strict UTF-8 decoder says of bytes that are none. */

export type Utf8Fault = { at: number; end: number; why: string };

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte < 0xc0;

/** How long a sequence is by its first byte; 0: none begins so. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** What the second byte must not be after the first: overlong forms, surrogates, beyond U+10FFFF. */
const barred = (first: number, second: number): boolean =>
  (first === 0xe0 && second < 0xa0) ||
  (first === 0xed && second >= 0xa0) ||
  (first === 0xf0 && second < 0x90) ||
  (first === 0xf4 && second >= 0x90);

/**
 * The first fault in these bytes, or where the incomplete sequence at their end begins (their length: there is none). As CPython's
 * incremental decoder, which keeps such an end for what comes next, even the two bytes of a surrogate that can never be completed;
 * `final`: nothing comes.
 */
export function findFault(bytes: Uint8Array, final = false): Utf8Fault | { pending: number } {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    const length = lengthOf(first);
    if (length === 0) return { at, end: at + 1, why: "invalid start byte" };
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      if (byte === undefined) return final ? { at, end: bytes.length, why: "unexpected end of data" } : { pending: at };
      if (isContinuation(byte) && !(next === 1 && barred(first, byte))) continue;
      if (!final && first === 0xed && next === 1 && isContinuation(byte) && at + 2 === bytes.length)
        return { pending: at };
      return { at, end: at + next, why: "invalid continuation byte" };
    }
    at += length;
  }
  return { pending: at };
}

/** As Python words a UnicodeDecodeError. */
export function sayFault(bytes: Uint8Array, { at, end, why }: Utf8Fault): string {
  const where =
    end - at === 1
      ? `byte 0x${bytes[at]!.toString(16).padStart(2, "0")} in position ${at}`
      : `bytes in position ${at}-${end - 1}`;
  return `'utf-8' codec can't decode ${where}: ${why}`;
}
