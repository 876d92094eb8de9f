import { expect, it } from "vitest";
import { judgeDays, judgeLines, linesOf, toggled } from "./prepare-decision";

it.each<[string, number[]]>([
  ["", []],
  ["12, 3;3 7", [3, 7, 12]],
  ["1.5 -2 0 x 4", [4]],
])("of %j these lines are picked: %j", (text, lines) => expect(linesOf(text)).toEqual(lines));

it("a line is picked and taken out again, beside what was typed", () => {
  expect(toggled("12", 3)).toBe("3, 12");
  expect(toggled("3, 12", 12)).toBe("3");
});

it("what is no line is named, and too many are refused", () => {
  expect([judgeLines("3, twelve"), judgeLines("3, 4")]).toEqual([expect.stringContaining("“twelve”"), undefined]);
  expect(judgeLines(Array.from({ length: 51 }, (_, n) => n + 1).join())).toContain("50");
});

it.each([
  ["", false],
  ["0", false],
  ["1", true],
  ["30", true],
  ["31", false],
  ["1.5", false],
])("%j days are taken: %s", (text, taken) => expect(judgeDays(text) === undefined).toBe(taken));
