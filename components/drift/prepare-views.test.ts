import { describe, expect, it } from "vitest";
import { budgetIn, sayKind, sayLift } from "./prepare-views";

describe("what lifts the block", () => {
  const pace = { lines: 240, milliseconds: 86_400_000 };
  it.each([
    [
      { pace, atPace: { lines: 30, good: 29, milliseconds: 10_800_000 } },
      /lifts after 30 lines, 29 of them good: in about 3h 00m/,
    ],
    [{ pace, atPace: null }, /does not lift: they alone are over/],
    [{ pace: { ...pace, lines: 0 }, atPace: null }, /^No line came within the last day/],
  ])("%#", (block, says) => expect(sayLift(block)).toMatch(says));
});

describe("a line", () => {
  it.each([
    [{ drift: "structural" as const, isOutput: false, fallback: false, success: false }, "structural drift, report"],
    [{ drift: null, isOutput: true, fallback: true, success: false }, "output, not fine, read as plain text"],
    [{ drift: null, isOutput: true, fallback: false, success: true }, "output, fine"],
  ])("%o is %s", (row, says) => expect(sayKind(row)).toBe(says));
});

describe("a budget in the address", () => {
  it.each([
    ["6.5", 6.5],
    ["0", 0],
    ["100", 100],
    ["101", 5],
    ["-1", 5],
    ["", 5],
    ["NaN", 5],
    ["<script>", 5],
    [null, 5],
  ])("%j is %d", (text, budget) => expect(budgetIn(text, 5)).toBe(budget));
});
