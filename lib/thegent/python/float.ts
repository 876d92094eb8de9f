/** Python's floats: how it rounds and writes them, and what `float()` makes of a value that json.loads read. */
import { dumps } from "./json";
import { strip } from "./text";
import { JsonNumber, type JsonValue } from "./value";

/**
 * As Python's `f"{value:.2f}"`: rounded on the exact value of the double, an exact tie to the even digit. `toFixed` is exact, too, but
 * takes the larger of two digits that are equally near.
 */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  // Beyond 2^53 every double is whole, and toFixed would write some with an exponent.
  if (size >= 2 ** 53) return `${sign}${BigInt(size)}.${"0".repeat(digits)}`;
  // Scaling by a power of two is exact. Only an odd number of such parts lies half-way between two decimals of so many digits.
  const halves = size * 2 ** (digits + 1);
  if (!Number.isInteger(halves) || halves % 2 === 0) return sign + size.toFixed(digits);
  const below = (BigInt(halves) * 5n ** BigInt(digits) - 1n) / 2n;
  const even = String(below % 2n === 0n ? below : below + 1n).padStart(digits + 1, "0");
  return `${sign}${even.slice(0, -digits)}.${even.slice(-digits)}`;
}

/** As Python's `round(value, digits)`. */
export const round = (value: number, digits: number): number =>
  Number.isFinite(value) ? Number(fixed(value, digits)) : value;

/** As Python's `f"{share:.1%}"`. */
export const percent = (share: number, digits: number): string => `${fixed(share * 100, digits)}%`;

/** As Python's `repr` of a finite float: always with a point or an exponent. */
export const repr = (value: number): string => dumps(float(value));

/** A float for writing JSON. */
export const float = (value: number): JsonNumber => new JsonNumber(String(value), true);

const ciphers = String.raw`\d(?:_?\d)*`;
const numeral = new RegExp(String.raw`^[+-]?(?:${ciphers}\.?(?:${ciphers})?|\.${ciphers})(?:e[+-]?${ciphers})?$`, "i");
const word = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i;

/** Python's `float(value)`; null where it raises. Of a text only ASCII digits are read. */
export function toFloat(value: JsonValue): number | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string") return textToFloat(strip(value));
  if (!(value instanceof JsonNumber)) return null;
  const read = value.toNumber();
  // An int too large for a double raises; a float of that size was read as Infinity.
  return value.isFloat || Number.isFinite(read) ? read : null;
}

function textToFloat(text: string): number | null {
  const [found, sign, isNaN] = word.exec(text) ?? [];
  if (found !== undefined) return isNaN ? NaN : sign === "-" ? -Infinity : Infinity;
  return numeral.test(text) ? Number(text.replaceAll("_", "")) : null;
}

/** Python's `bool(value)`; a key that is missing is false, too. */
export function isTruthy(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  // NaN is true.
  if (value instanceof JsonNumber) return value.toNumber() !== 0;
  return value instanceof Map ? value.size > 0 : value.length > 0;
}
