import { describe, expect, it } from "vitest";
import { driftVerdictOf, whatIf, type JudgedRun, type RatedRun } from "./what-if";

const drift =
  "Critical lane blocked: contract drift exceeds budget (structural: 6.0% > 5.0%, semantic: 0.0% > 10.0%). Run `thegent observe drift` to investigate.";

describe("what the rule about drift did to a run", () => {
  it.each([
    ["critical", "deny", drift, "blocked"],
    ["critical", "allow", `Overridden: ${drift}`, "blocked"],
    ["critical", "allow", `Overridden (cached): ${drift}`, "blocked"],
    ["critical", "allow", "All policies passed.", "passed"],
    ["critical", "warn", "Critical actions should ideally carry a confidence score.", "passed"],
    ["critical", "deny", "Production environment requires trust score >= 0.8 (current: 0.5). Provide …", "passed"],
    ["critical", "deny", "Critical lane requires confidence >= 0.9 (current: 0.5)", null],
    ["critical", "deny", "Unknown agents are blocked in production / critical lane.", null],
    ["critical", "allow", "Overridden: Unknown agents are blocked in production / critical lane.", null],
    ["critical", "allow", "OPA decision", null],
    ["critical", null, null, null],
    ["standard", "allow", "All policies passed.", null],
    [null, "allow", "All policies passed.", null],
  ])("of lane %s, %s, %j: %s", (lane, policyResult, policyReason, verdict) =>
    expect(driftVerdictOf({ lane, policyResult, policyReason })).toBe(verdict),
  );
});

describe("other budgets", () => {
  const run = (runId: string, verdict: JudgedRun["verdict"], structural: number, semantic: number): RatedRun => ({
    runId,
    at: 0,
    verdict,
    structural,
    semantic,
  });
  const runs = [
    run("calm", "passed", 1, 1),
    run("near", "passed", 5, 10),
    run("over", "blocked", 5.1, 0),
    run("far", "blocked", 30, 30),
  ];
  const ids = (some: RatedRun[]) => some.map(({ runId }) => runId);

  it.each([
    [{ structural: 5, semantic: 10 }, [], [], 2],
    [{ structural: 4.9, semantic: 10 }, ["near"], [], 3],
    [{ structural: 5, semantic: 9 }, ["near"], [], 3],
    [{ structural: 6, semantic: 10 }, [], ["over"], 1],
    [{ structural: 30, semantic: 29 }, [], ["over"], 1],
    [{ structural: 100, semantic: 100 }, [], ["over", "far"], 0],
    [{ structural: 0, semantic: 0 }, ["calm", "near"], [], 4],
  ])("of %o", (budgets, newlyBlocked, newlyPassed, blocked) => {
    const found = whatIf(runs, budgets);
    expect({ blocked: ids(found.newlyBlocked), passed: ids(found.newlyPassed) }).toEqual({
      blocked: newlyBlocked,
      passed: newlyPassed,
    });
    expect([found.blocked, found.passed]).toEqual([blocked, runs.length - blocked]);
  });
});
