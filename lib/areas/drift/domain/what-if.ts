import type { Budgets, DriftRates } from "./drift";

/** What policy's rule about drift (FORMATS §5, 2b) did to a run. */
export type DriftVerdict = "blocked" | "passed";

const overridden = /^Overridden(?: \(cached\))?: /;
/** How the reason of such a denial begins. */
export const blockedByDrift = "Critical lane blocked: contract drift exceeds budget";
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
/** With the rates that it met, in per cent and not rounded: what any budgets are held against. */
export type RatedRun = JudgedRun & DriftRates;

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
