import type { Budgets, DriftRates } from "./drift";
import { rateOf } from "./figures";
import type { BudgetMark } from "./sums";

/** What policy's rule about drift (FORMATS §5, 2b) did to a run. */
export type DriftVerdict = "blocked" | "passed";

const overridden = /^Overridden(?: \(cached\))?: /;
const blockedByDrift = "Critical lane blocked: contract drift exceeds budget";
/** Rules behind that of drift, so that it had let the run pass. */
const laterReasons = ["All policies passed.", "Production environment requires trust score"];

/** Null: the rule never judged it, as its lane is another, or an earlier rule decided. */
export function driftVerdictOf(run: {
  lane: string | null;
  policyResult: string | null;
  policyReason: string | null;
}): DriftVerdict | null {
  if (run.lane !== "critical" || run.policyReason === null) return null;
  const reason = run.policyReason.replace(overridden, "");
  if (reason.startsWith(blockedByDrift)) return "blocked";
  const isLater = run.policyResult === "warn" || laterReasons.some((later) => reason.startsWith(later));
  return isLater ? "passed" : null;
}

/** A run that the rule judged, at an instant. */
export type JudgedRun = { runId: string; at: number; verdict: DriftVerdict };
/** A telemetry line that the budget counts, at an instant on the same clock. */
export type TimedMark = { at: number; mark: BudgetMark };
/** With the rates of its moment, in per cent and not rounded: what any budgets are held against. */
export type RatedRun = JudgedRun & DriftRates;

/**
 * The rates that each run met. Runs ascending by their instant, lines in the order of the file: with the `limit` lines before the first run,
 * or its rates are of fewer.
 */
export function ratesAtRuns(runs: readonly JudgedRun[], lines: readonly TimedMark[], limit: number): RatedRun[] {
  const counts = { structural: 0, semantic: 0 };
  const count = (mark: BudgetMark | undefined, by: 1 | -1) => {
    if (mark === "structural" || mark === "semantic") counts[mark] += by;
  };
  let taken = 0;
  return runs.map((run) => {
    while (taken < lines.length && lines[taken]!.at <= run.at) {
      count(lines[taken]!.mark, 1);
      count(lines[taken - limit]?.mark, -1);
      taken += 1;
    }
    const total = Math.min(taken, limit);
    return { ...run, structural: rateOf(counts.structural, total), semantic: rateOf(counts.semantic, total) };
  });
}

export type WhatIf<Run> = {
  /** They passed, and would have been blocked. */
  newlyBlocked: Run[];
  /** They were blocked, and would have passed this rule. */
  newlyPassed: Run[];
  blocked: number;
  passed: number;
};

/** What other budgets would have made of the runs. Nothing is changed by looking. */
export function whatIf<Run extends RatedRun>(runs: readonly Run[], budgets: Budgets): WhatIf<Run> {
  const isOver = (run: Run) => run.structural > budgets.structural || run.semantic > budgets.semantic;
  const over = runs.filter(isOver);
  return {
    newlyBlocked: over.filter(({ verdict }) => verdict === "passed"),
    newlyPassed: runs.filter((run) => run.verdict === "blocked" && !isOver(run)),
    blocked: over.length,
    passed: runs.length - over.length,
  };
}
