import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { thegentBudgets } from "./drift";
import { markOf } from "./sums";
import { driftVerdictOf, ratesAtRuns, whatIf, type JudgedRun, type RatedRun, type TimedMark } from "./what-if";

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

describe("the rates that a run met", () => {
  const line = (at: number, mark: TimedMark["mark"] = null): TimedMark => ({ at, mark });
  const run = (at: number): JudgedRun => ({ runId: `run_${at}`, at, verdict: "passed" });
  const rates = (lines: TimedMark[], limit: number, ...at: number[]) =>
    ratesAtRuns(at.map(run), lines, limit).map(({ structural, semantic }) => [structural, semantic]);

  it("are of the lines before it, as many as the budget takes", () => {
    const lines = [line(1, "structural"), line(2), line(3, "semantic"), line(4)];
    expect(rates(lines, 2, 0, 1, 2, 3, 4, 9)).toEqual([
      [0, 0],
      [100, 0],
      [50, 0],
      [0, 50],
      [0, 50],
      [0, 50],
    ]);
  });

  it("are those that thegent wrote into its denials of the sample", () => {
    type Fields = Record<string, string | null>;
    const read = (file: string) => readFileSync(`samples/session/${file}`, "utf8").trimEnd().split("\n");
    const lines = read("contract_telemetry.jsonl").map((text, index): TimedMark => {
      const counted = readTelemetryLine(Buffer.from(text), index + 1);
      const at = Date.parse((JSON.parse(text) as { timestamp: string }).timestamp);
      return { at, mark: "item" in counted ? markOf(counted.item) : null };
    });
    const starts = read("run_registry.jsonl")
      .map((text) => JSON.parse(text) as Fields)
      .filter(({ started_at_utc, event }) => started_at_utc !== undefined && event === undefined);
    const judged = starts.flatMap((start) => {
      const facts = {
        lane: start["lane"]!,
        policyResult: start["policy_result"]!,
        policyReason: start["policy_reason"]!,
      };
      const verdict = driftVerdictOf(facts);
      const at = Date.parse(start["started_at_utc"]!);
      return verdict ? [{ runId: start["run_id"]!, at, verdict, reason: facts.policyReason }] : [];
    });
    const rated = ratesAtRuns(
      judged.sort((a, b) => a.at - b.at),
      lines,
      500,
    ) as (RatedRun & { reason: string })[];
    const blocked = rated.filter(({ verdict }) => verdict === "blocked");
    expect(blocked.length).toBeGreaterThan(5);
    for (const { reason, structural, semantic } of blocked) {
      const [, said, meant] = /structural: ([\d.]+)% > .*semantic: ([\d.]+)% >/.exec(reason)!;
      expect([structural, semantic].map((rate) => rate.toFixed(2))).toEqual(
        [said, meant].map((rate) => Number(rate).toFixed(2)),
      );
    }
    expect(whatIf(rated, thegentBudgets)).toMatchObject({ newlyBlocked: [], newlyPassed: [], blocked: blocked.length });
  });
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
