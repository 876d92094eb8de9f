import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thegentBudgets } from "./drift";
import { whatLifts, type Pace } from "./lift";
import type { BudgetMark } from "./sums";

const marks = (...counts: [BudgetMark, number][]) =>
  counts.flatMap(([mark, count]) => Array<BudgetMark>(count).fill(mark));
const pace = (structural: number, semantic: number, lines = 1000): Pace => ({
  structural,
  semantic,
  lines,
  milliseconds: 86_400_000,
});
const lift = (window: BudgetMark[], at = pace(0, 0), limit = 500) =>
  whatLifts({ marks: window, limit }, thegentBudgets, at);

describe("the good lines that lift the critical lane's block", () => {
  it.each([
    ["an empty window", marks(), 0],
    ["one within the budget", marks([null, 95], ["structural", 5]), 0],
    ["drift that a few lines thin out", marks([null, 94], ["structural", 6]), 20],
    ["semantic drift, of which more is allowed", marks([null, 44], ["semantic", 6]), 10],
    ["both, of which the worse decides", marks([null, 40], ["structural", 5], ["semantic", 5]), 50],
    ["a full window whose drift is new", marks([null, 470], ["structural", 30]), 475],
    ["a full window whose drift is old", marks(["structural", 30], [null, 470]), 5],
    ["nothing but drift", marks(["semantic", 500]), 450],
  ] as const)("for %s", (_, window, goodLines) => expect(lift([...window]).goodLines).toBe(goodLines));

  it("are the fewest: one less, and it is still over", () => {
    const anyMarks = fc.array(fc.constantFrom<BudgetMark>(null, null, null, "structural", "semantic"), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(anyMarks, (window) => {
        const within = (good: number) => {
          const recent = [...window, ...marks([null, good])].slice(-40);
          const rate = (kind: BudgetMark) => (recent.filter((one) => one === kind).length / recent.length) * 100 || 0;
          return rate("structural") <= 5 && rate("semantic") <= 10;
        };
        const { goodLines } = lift(window.slice(-40), pace(0, 0), 40);
        expect(within(goodLines)).toBe(true);
        if (goodLines > 0) expect(within(goodLines - 1)).toBe(false);
      }),
    );
  });
});

describe("how long that takes at today's pace", () => {
  const old = marks(["structural", 30], [null, 470]);
  it("counts the drift that comes with the good lines", () => {
    expect(lift(old, pace(0, 0))).toEqual({ goodLines: 5, atPace: { lines: 5, good: 5, milliseconds: 432_000 } });
    // Of 1000 lines a day 40 with drift: each line takes one with drift away, and brings 0.04 of one.
    expect(lift(old, pace(20, 20)).atPace).toEqual({ lines: 6, good: 6, milliseconds: 518_400 });
    expect(lift(marks(["semantic", 500]), pace(0, 50)).atPace).toEqual({
      lines: 474,
      good: 450,
      milliseconds: 40_953_600,
    });
  });

  it("is never where the pace itself is over the budget, or nothing comes", () => {
    expect(lift(old, pace(60, 0))).toMatchObject({ goodLines: 5 });
    expect(lift(marks([null, 470], ["structural", 30]), pace(60, 0)).atPace).toBeNull();
    expect(lift(old, pace(0, 0, 0)).atPace).toBeNull();
  });
});
