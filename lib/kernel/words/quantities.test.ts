import { expect, test } from "vitest";
import { sayBytes, sayCount, sayMany } from "./quantities";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("the count %i is said %s", (value, text) => expect(sayCount(value)).toBe(text));

test("one is one, and the rest are many", () => {
  expect(sayMany(1, "record")).toBe("1 record");
  expect(sayMany(0, "record")).toBe("0 records");
  expect(sayMany(2, "entry", "entries")).toBe("2 entries");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [1_400_000, "1.4 MB"],
])("%i bytes are said %s", (value, text) => expect(sayBytes(value)).toBe(text));
