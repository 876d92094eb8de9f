import { expect, test } from "vitest";
import { inLoadingOrder } from "./loading-order";

const order = (tables: string, ...references: [from: string, to: string][]) =>
  inLoadingOrder(
    [...tables].map((table) => ({ table })),
    references.map(([from, to]) => ({ from, to })),
  )
    .map(({ table }) => table)
    .join("");

test.each<[string, string, [string, string][]]>([
  ["nothing refers to anything", "abc", []],
  ["one refers to a later one", "bca", [["a", "b"]]],
  [
    "in a row",
    "cba",
    [
      ["a", "b"],
      ["b", "c"],
    ],
  ],
  ["one refers to itself", "abc", [["b", "b"]]],
  ["one refers to a table that is not loaded", "abc", [["a", "x"]]],
])("each table comes after those it refers to: %s", (_, ordered, references) =>
  expect(order("abc", ...references)).toBe(ordered),
);

test("a circle is refused", () =>
  expect(() => order("abc", ["a", "b"], ["b", "a"])).toThrow("These tables refer to each other in a circle: a, b."));
