import { describe, expect, it } from "vitest";
import { exitCodeOf, sweepOf } from "./sweep";

const budget = (structural = 0, semantic = 0) => ({
  within_budget: structural <= 5 && semantic <= 10,
  structural_rate_pct: structural,
  semantic_rate_pct: semantic,
  structural_budget_pct: 5,
  semantic_budget_pct: 10,
});
const kept = budget();
const audit = (status: string) => ({ status });

describe("a sweep", () => {
  it.each([
    ["nothing found", [], kept, [], null, true],
    ["a regression", ["Significant …"], kept, [], null, false],
    ["a budget exceeded", [], budget(6), [], null, false],
    ["an item past its SLA", [], kept, ["run_1"], null, false],
    ["an audit passed", [], kept, [], audit("passed"), true],
    ["a registry that is not there", [], kept, [], audit("empty"), true],
    ["an audit failed", [], kept, [], audit("failed"), false],
  ])("with %s", (_, issues, status, late, result, pass) => {
    const swept = sweepOf(issues, status, late, result);
    expect(swept.pass).toBe(pass);
    expect(exitCodeOf(swept)).toBe(pass ? 0 : 1);
    expect("audit" in swept).toBe(result !== null);
  });

  it("says what exceeds the budget behind the regressions, with floats as Python writes them", () => {
    expect(sweepOf(["a"], budget(15.14, 7.5), [], null).drift_issues).toEqual([
      "a",
      "Drift budget exceeded: structural 15.14% (budget 5.0%), semantic 7.5% (budget 10.0%)",
    ]);
  });

  it("counts no more than a hundred past their SLA", () => {
    const swept = sweepOf([], kept, Array<string>(150).fill("run"), null);
    expect([swept.past_sla_count, swept.past_sla_items.length]).toEqual([100, 100]);
  });
});
