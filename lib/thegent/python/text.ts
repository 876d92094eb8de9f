/** Text as Python's `open(…, encoding="utf-8")` and `str.strip` take it. */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Null for invalid UTF-8. A byte order mark stays, because Python keeps it. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** What str.strip removes; JavaScript's trim differs in U+001C–U+001F, U+0085 and U+FEFF. */
const space = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.test(text.charAt(start))) start += 1;
  while (end > start && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isVisibleAscii = (code: number): boolean => code > 0x20 && code < 0x7f;

/** Nothing left after str.strip. Invalid UTF-8 is not blank. */
export function isBlank(bytes: Uint8Array): boolean {
  if (isVisibleAscii(bytes[0] ?? 0)) return false;
  const text = decodeUtf8(bytes);
  return text !== null && strip(text) === "";
}
