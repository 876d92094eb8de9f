/** What notes, checkpoints and proofs are made of: lines of UTF-8, numbers and hashes that can be written in one way only. */

/** What was sent is not what its format says, and why. */
export class Malformed extends Error {}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Valid UTF-8 without control characters but newline, at most so many bytes. */
export function readText(bytes: Uint8Array, most: number): string {
  if (bytes.length > most) throw new Malformed(`It has more than ${most} bytes.`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Malformed("It is not valid UTF-8.");
  }
  if (/[\0-\x09\x0b-\x1f]/.test(text)) throw new Malformed("It holds a control character.");
  return text;
}

/** The bytes of standard base64, padded; null for any other way to write them. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** A whole number in decimal without leading zeros, as far as a signed 64-bit one goes; null for any other text. */
export function fromDecimal(text: string): bigint | null {
  if (!/^(0|[1-9]\d{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 63n ? value : null;
}
