/**
 * Values as Python's json module reads them. Numbers keep the text they were written with, because the chain's hash tells `1`
 * from `1.0` and JavaScript's numbers do not (FORMATS §0.1). Objects are maps: key order is kept and `__proto__` is an ordinary key.
 */
export type JsonObject = Map<string, JsonValue>;
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

/** A number as written: `1`, `-0`, `1e5`, `NaN`, `-Infinity`. */
export class JsonNumber {
  constructor(
    readonly lexeme: string,
    /** Has a point, an exponent, or is NaN or ±Infinity: a float in Python; otherwise an int of any size. */
    readonly isFloat: boolean,
  ) {}

  /** The nearest double. */
  toNumber(): number {
    return Number(this.lexeme);
  }
}

export const isObject = (value: JsonValue | undefined): value is JsonObject => value instanceof Map;

/**
 * Python's order of strings: by code point. JavaScript's is by UTF-16 unit, which puts U+1F600 before U+FF5E.
 * Negative, zero or positive, as for `Array.prototype.sort`.
 */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    // The unit before may be the first half of a pair in one of the two.
    return (at > 0 && codePointDifference(a, b, at - 1)) || codePointDifference(a, b, at);
  }
  return a.length - b.length;
}

const codePointDifference = (a: string, b: string, at: number): number =>
  (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
