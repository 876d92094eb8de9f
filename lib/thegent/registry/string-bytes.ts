/** The bytes of a JSON string rewritten, between its quotes: to the form that is hashed, or to what it says. -1: that takes care. */

const [quote, backslash, slash, u] = [0x22, 0x5c, 0x2f, 0x75];
const hexDigits = Buffer.from("0123456789abcdef");

/** For an escape's letter the byte that it says; 0: none. */
const saidBy = new Uint8Array(256);
/** For a byte the letter of its short escape; 0: none. */
const letterOf = new Uint8Array(256);
for (const [letter, said] of Object.entries({ '"': '"', "\\": "\\", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" })) {
  saidBy[letter.charCodeAt(0)] = said.charCodeAt(0);
  letterOf[said.charCodeAt(0)] = letter.charCodeAt(0);
}
saidBy[slash] = slash;

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const low = byte | 0x20;
  return low >= 0x61 && low <= 0x66 ? low - 0x57 : -1;
}

function unitAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let unit = 0;
  for (let next = at; next < at + 4; next++) {
    const value = hexValue(bytes[next]!);
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

/** Of the sequence that was decoded last. */
let length = 0;

function codePointAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return -1;
  let point = first & (0x7f >> length);
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next]!;
    if ((byte & 0xc0) !== 0x80) return -1;
    point = point * 64 + (byte & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? -1 : point;
}

function writeUnit(out: Uint8Array, to: number, unit: number): number {
  out[to] = backslash;
  if (unit < 0x7f && letterOf[unit] !== 0) {
    out[to + 1] = letterOf[unit]!;
    return to + 2;
  }
  if (unit >= 0x20 && unit < 0x7f) {
    out[to] = unit;
    return to + 1;
  }
  out[to + 1] = u;
  for (let digit = 0; digit < 4; digit++) out[to + 2 + digit] = hexDigits[(unit >> (12 - 4 * digit)) & 15]!;
  return to + 6;
}

/** As the canonical form writes it: pure ASCII, short escapes where there are, lower-case hex. Returns where it ended. */
export function writeEscaped(bytes: Uint8Array, from: number, end: number, out: Uint8Array, to: number): number {
  for (let at = from; at < end;) {
    const byte = bytes[at]!;
    if (byte === backslash) {
      const letter = bytes[at + 1]!;
      const unit = letter === u ? unitAt(bytes, at + 2, end) : saidBy[letter]! || -1;
      if (unit < 0) return -1;
      to = writeUnit(out, to, unit);
      at += letter === u ? 6 : 2;
    } else if (byte < 0x80) {
      if (byte < 0x20) return -1;
      to = writeUnit(out, to, byte);
      at += 1;
    } else {
      const point = codePointAt(bytes, at, end);
      if (point < 0) return -1;
      if (point > 0xffff) to = writeUnit(out, to, 0xd800 + ((point - 0x10000) >> 10));
      to = writeUnit(out, to, point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
      at += length;
    }
  }
  return to;
}

/** As UTF-8 of what it says. A surrogate without its other half has none. */
export function writeSaid(bytes: Uint8Array, from: number, end: number, out: Uint8Array, to: number): number {
  for (let at = from; at < end;) {
    const byte = bytes[at]!;
    if (byte !== backslash) {
      out[to++] = byte;
      at += 1;
      continue;
    }
    const letter = bytes[at + 1]!;
    if (letter !== u) {
      out[to++] = saidBy[letter]!;
      at += 2;
      continue;
    }
    let point = unitAt(bytes, at + 2, end);
    at += 6;
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = bytes[at] === backslash && bytes[at + 1] === u ? unitAt(bytes, at + 2, end) : -1;
      if (point > 0xdbff || low < 0xdc00 || low > 0xdfff) return -1;
      point = 0x10000 + (point - 0xd800) * 0x400 + (low - 0xdc00);
      at += 6;
    }
    to = writeUtf8(out, to, point);
  }
  return to;
}

function writeUtf8(out: Uint8Array, to: number, point: number): number {
  if (point < 0x80) {
    out[to] = point;
    return to + 1;
  }
  const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  out[to] = ([0, 0xc0, 0xe0, 0xf0][more] ?? 0) | (point >> (6 * more));
  for (let next = 1; next <= more; next++) out[to + next] = 0x80 | ((point >> (6 * (more - next))) & 0x3f);
  return to + more + 1;
}

export { backslash, quote };
