import fc from "fast-check";
import { expect, it } from "vitest";
import { freeze, thaw } from "./frozen";

it("a window of sums comes back as it was kept, whatever its numbers, names and maps", () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 0));
  const text = fc.string({ unit: "binary" });
  const leaf = fc.oneof(number, text, fc.boolean(), fc.constant(null));
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("any")),
      fc.array(fc.tuple(text, tie("any"))).map((entries) => new Map(entries)),
      fc.record({ name: text, metrics: tie("any"), lines: number }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (one) => {
      expect(thaw(freeze(one))).toEqual(one);
    }),
  );
  expect(Object.is(thaw(freeze(-0)), -0)).toBe(true);
});
