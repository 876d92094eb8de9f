import { describe, expect, it } from "vitest";
import type { DriftView } from "@/lib/areas/drift/contract";
import { sayPercent } from "@/lib/areas/drift/words";
import { prepareBudget, prepareRates, sayBlock } from "./prepare";

const hour = 3_600_000;
const at = (hours: number) => new Date(hours * hour).toISOString();
const point = { lines: 10, structural: 1, semantic: 2, outputs: 8, fallbacks: 2 };
const budgetOf = (structural: number, semantic: number, within: boolean): DriftView["budget"] => ({
  ok: true,
  value: {
    within_budget: within,
    structural_rate_pct: structural,
    semantic_rate_pct: semantic,
    structural_budget_pct: 5,
    semantic_budget_pct: 10,
  },
});

describe("rates over time", () => {
  it("have a point for each hour; one without a line is a gap, not a zero", () => {
    const rates = prepareRates({ points: [{ at: at(1), ...point }], from: at(0), grainMs: hour, now: at(2.5) });
    expect(rates).toEqual([
      { at: 0, lines: 0, structural: null, semantic: null, fallback: null },
      { at: hour, lines: 10, structural: 10, semantic: 20, fallback: 25 },
      { at: 2 * hour, lines: 0, structural: null, semantic: null, fallback: null },
    ]);
  });

  it("of lines that report drift alone have no share of fallbacks", () => {
    const only = { at: at(0), ...point, outputs: 0, fallbacks: 0 };
    expect(prepareRates({ points: [only], from: at(0), grainMs: hour, now: at(0) })[0]?.fallback).toBe(null);
  });

  it("are said with one digit, and a dash where there is nothing", () => {
    expect([5.26, 0, 100, null].map(sayPercent)).toEqual(["5.3 %", "0.0 %", "100.0 %", "–"]);
  });
});

describe("the budget", () => {
  const counts = { total: 500, structural: 31, semantic: 12 };

  it("is told for each kind of drift, with what it counts", () => {
    expect(prepareBudget({ budget: budgetOf(6.2, 2.4, false), budgetCounts: counts })).toEqual([
      expect.objectContaining({ over: true, says: "6.2 % of the last 500 lines (31); the budget is 5 %" }),
      expect.objectContaining({ over: false, says: "2.4 % of the last 500 lines (12); the budget is 10 %" }),
    ]);
  });

  it("that reads as kept may be exceeded: it is judged before rounding, as thegent does", () => {
    const [structural] = prepareBudget({
      budget: budgetOf(5, 0, false),
      budgetCounts: { total: 19_999, structural: 1000, semantic: 0 },
    });
    expect(structural).toMatchObject({ rate: 5, budget: 5, over: true });
  });

  it("exceeded blocks the critical lane, and it is said by what, and what would lift it", () => {
    expect(sayBlock({ budget: budgetOf(6.2, 2.4, false), budgetCounts: counts, goodLines: 7 })).toBe(
      "The critical lane is blocked: structural drift is at 6.2 % (budget 5 %). thegent denies every run of the lane “critical” while this lasts. 7 lines without drift, one after the other, would open it again.",
    );
    expect(sayBlock({ budget: budgetOf(4, 2.4, true), budgetCounts: counts, goodLines: null })).toBe(null);
  });
});
