/**
 * Glossary of the drift domain
 *   line         one line of contract_telemetry.jsonl, of whatever kind; the unit that every window counts
 *   event        a line that is an object: what a normalisation, or drift found by it, says
 *   structural   drift: an output could not be parsed; semantic: it could, and its meaning was wrong
 *   fallback     an output that was read as plain text, for want of a contract that fitted
 *   budget       how many per cent of the last lines may report drift of a kind; beyond it the critical lane is blocked
 *   window       the last lines that are held against those before them
 *   issue        a sentence of thegent's about a window that is worse than what was before: a regression
 *   figure       a number or sentence of thegent's own; it fails where thegent's own command fails
 *   finding      an issue, or a budget exceeded, with what it is about
 *   episode      findings about one contract and provider, from the first until they ended or were decided
 *   waiver       drift that was accepted, until an end
 *   sweep        thegent's look at drift, budget, what is past its SLA, and its audit, at once
 */
import type { DriftKind } from "@/lib/thegent/records/telemetry-event";

/** What thegent itself uses where nothing is said; the numbers are no settings of it (FORMATS §8). */
export const thegentDefaults = { window: 50, limit: 500, statsLimit: 100, threshold: 0.15 } as const;

/** Per cent of the lines; not rounded. */
export type DriftRates = Readonly<Record<DriftKind, number>>;
export type Budgets = DriftRates;
export const thegentBudgets: Budgets = { structural: 5, semantic: 10 };

/** thegent's own result, or why its own command fails, as a clause: "line 3 has null for a confidence". */
export type Figure<Value> = { ok: true; value: Value } | { ok: false; because: string };

/** Keys as in thegent's JSON. Rates are rounded to two digits, as it reports them; `within_budget` was told before rounding. */
export type BudgetStatus = {
  within_budget: boolean;
  structural_rate_pct: number;
  semantic_rate_pct: number;
  structural_budget_pct: number;
  semantic_budget_pct: number;
};

export type Stats = {
  total: number;
  success_rate: number;
  fallback_rate: number;
  avg_confidence: number;
  /** The mean confidence of each; thegent leaves it out where there are no lines. */
  by_provider?: ReadonlyMap<string, number>;
};

export type ProviderKpis = { fallback_rate: number; success_rate: number; avg_confidence: number; total: number };

export type Kpis = {
  total: number;
  fallback_rate: number;
  success_rate: number;
  avg_confidence: number;
  by_provider: ReadonlyMap<string, ProviderKpis>;
  structural_drift_pct: number;
  semantic_drift_pct: number;
};
