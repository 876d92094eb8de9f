import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixed, isTruthy, percent, repr, round, toFloat } from "./float";
import { parsePythonJson } from "./json";

const vectors = JSON.parse(readFileSync("samples/expected/python-json-vectors.json", "utf8")) as {
  rounding_repr_round2_f2_pct1_of_x_over_100: [string, string, string, string][];
};

describe("Python's rounding", () => {
  it("is that of every vector: round to 2, .2f, and .1% of a hundredth", () => {
    const all = vectors.rounding_repr_round2_f2_pct1_of_x_over_100;
    expect(all.length).toBeGreaterThan(100);
    for (const [text, rounded, written, share] of all) {
      const value = Number(text);
      expect([repr(value), repr(round(value, 2)), fixed(value, 2), percent(value / 100, 1)]).toEqual([
        text,
        rounded,
        written,
        share,
      ]);
    }
  });

  /** Read off CPython 3.11. */
  it.each([
    [0.125, 2, "0.12"],
    [0.375, 2, "0.38"],
    [2.675, 2, "2.67"],
    [6.25, 1, "6.2"],
    [18.75, 1, "18.8"],
    [-0.125, 2, "-0.12"],
    [-0.001, 2, "-0.00"],
    [-0, 2, "-0.00"],
    [0.005, 2, "0.01"],
    [0.015, 2, "0.01"],
    [2 ** 53 + 2, 2, "9007199254740994.00"],
    [1e22, 1, "10000000000000000000000.0"],
    [NaN, 2, "nan"],
    [Infinity, 1, "inf"],
    [-Infinity, 1, "-inf"],
  ])("writes %d to %d digits as %s", (value, digits, text) => expect(fixed(value, digits)).toBe(text));

  it("is the nearest decimal to the double's exact value, the even one of two as near", () => {
    const eighths = fc.integer({ min: -8000, max: 8000 }).map((count) => count / 8);
    const anyValue = fc.oneof(eighths, fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
    fc.assert(
      fc.property(anyValue, fc.integer({ min: 1, max: 3 }), (value, digits) => {
        const scale = 2n ** 1074n;
        const exact = exactly(value) * 10n ** BigInt(digits);
        const said = BigInt(fixed(value, digits).replace(".", "")) * scale;
        const distance = said > exact ? said - exact : exact - said;
        expect(distance * 2n <= scale).toBe(true);
        if (distance * 2n === scale) expect((said / scale) % 2n).toBe(0n);
      }),
      { numRuns: 2000 },
    );
  });
});

/** A double as a whole number of 2^-1074. */
function exactly(value: number): bigint {
  let [mantissa, exponent] = [value, 1074];
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return BigInt(mantissa) * 2n ** BigInt(exponent);
}

/** Read off CPython 3.11. */
describe("Python's float()", () => {
  it.each([
    ["0.5", 0.5],
    ["1", 1],
    ["true", 1],
    ["false", 0],
    ["1e999", Infinity],
    ["NaN", NaN],
    [`1${"0".repeat(400)}`, null],
    ["null", null],
    ["[]", null],
    ["{}", null],
    ['" 1_000.5\\n"', 1000.5],
    ['"-.5e-1_0"', -0.5e-10],
    ['"1."', 1],
    ['"iNf"', Infinity],
    ['"-Infinity"', -Infinity],
    ['"+nan"', NaN],
    ['"1__0"', null],
    ['"_1"', null],
    ['"0x10"', null],
    ['"1e"', null],
    ['""', null],
    ['"high"', null],
  ])("of %s is %s", (text, value) => expect(toFloat(parsePythonJson(text))).toBe(value));
});

describe("what Python takes for true", () => {
  it.each(["true", "1", "-0.5", "NaN", '"no"', "[0]", '{"a": 0}'])("is %s", (text) =>
    expect(isTruthy(parsePythonJson(text))).toBe(true),
  );
  it.each(["false", "null", "0", "-0.0", '""', "[]", "{}"])("is not %s", (text) =>
    expect(isTruthy(parsePythonJson(text))).toBe(false),
  );
});
