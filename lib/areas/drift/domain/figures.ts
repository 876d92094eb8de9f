import { round } from "@/lib/thegent/python/float";
import {
  thegentBudgets,
  thegentDefaults,
  type BudgetStatus,
  type Budgets,
  type DriftRates,
  type Figure,
  type Kpis,
  type ProviderKpis,
  type Stats,
} from "./drift";
import { lastOf, type DriftWindow } from "./drift-window";
import { groupOf } from "./provider";
import {
  addToBudget,
  addToKpi,
  addToMetrics,
  badConfidence,
  badProvider,
  isEvent,
  noBudgetSums,
  noKpi,
  noMetrics,
  rateOf,
  type BudgetSums,
  type Counted,
  type Metrics,
} from "./sums";

/** thegent's budget status (FORMATS §6): over the last `limit` lines of all kinds. */
export function budgetOf(state: DriftWindow, budgets: Budgets = thegentBudgets): Figure<BudgetStatus> {
  const rates = driftRatesOf(state);
  if (!rates.ok) return rates;
  const { structural, semantic } = rates.value;
  return {
    ok: true,
    value: {
      within_budget: structural <= budgets.structural && semantic <= budgets.semantic,
      structural_rate_pct: round(structural, 2),
      semantic_rate_pct: round(semantic, 2),
      structural_budget_pct: budgets.structural,
      semantic_budget_pct: budgets.semantic,
    },
  };
}

/** The budget's rates as they are held against it: before rounding. */
export function driftRatesOf(state: DriftWindow): Figure<DriftRates> {
  const { structural, semantic, total, fails } = budgetSumsOf(state);
  const because = state.fails.everything ?? state.fails.budget ?? fails;
  if (because !== null) return { ok: false, because };
  return { ok: true, value: { structural: rateOf(structural, total), semantic: rateOf(semantic, total) } };
}

/** What the budget counts: over the last `limit` lines, or over all. */
export const budgetSumsOf = ({ rule, budgetRecent, whole }: DriftWindow): BudgetSums =>
  rule.limit ? budgetRecent.reduce(addToBudget, noBudgetSums) : whole.budget;

/** thegent's statistics (FORMATS §6): over the last 100 lines. An int beyond 2^53 is taken for the nearest double. */
export function statsOf({ recent, fails }: DriftWindow): Figure<Stats> {
  const items = lastOf(recent, thegentDefaults.statsLimit);
  const all = items.reduce(addToMetrics, noMetrics);
  const because = fails.everything ?? all.fails ?? ungrouped(items);
  if (because !== null) return { ok: false, because };
  const rates = ratesOf(all);
  if (!all.total) return { ok: true, value: rates };
  const kpi = noKpi();
  for (const item of items) addToKpi(kpi, item, null);
  const means = [...kpi.groups.values()].map(({ name, metrics }) => [name, mean(metrics)] as const);
  return { ok: true, value: { ...rates, by_provider: new Map(means) } };
}

/** What the grouping adds to the failures of the sums: it takes confidences as they are, and a text is no number to it. */
function ungrouped(items: readonly Counted[]): string | null {
  for (const item of items) {
    if (!isEvent(item)) continue;
    if (groupOf(item).key === null) return badProvider(item);
    if (typeof item.confidence !== "number") return badConfidence(item);
  }
  return null;
}

/** thegent's KPIs (FORMATS §6): over the last `limit` lines, of which one provider's are taken afterwards; the drift rates are of all. */
export function kpisOf(state: DriftWindow): Figure<Kpis> {
  const { rule, recent, whole } = state;
  const kpi = rule.limit ? noKpi() : whole.kpi;
  if (rule.limit) for (const item of lastOf(recent, rule.limit)) addToKpi(kpi, item, rule.provider);
  const budget = budgetOf(state);
  if (kpi.all.fails !== null) return { ok: false, because: kpi.all.fails };
  if (!budget.ok) return budget;
  const groups = [...kpi.groups.values()].map(({ name, metrics }) => [name, ratesOf(metrics)] as const);
  return {
    ok: true,
    value: {
      ...ratesOf(kpi.all),
      by_provider: new Map(groups),
      structural_drift_pct: budget.value.structural_rate_pct,
      semantic_drift_pct: budget.value.semantic_rate_pct,
    },
  };
}

const ratesOf = (sums: Metrics): ProviderKpis => ({
  total: sums.total,
  fallback_rate: share(sums.fallbacks, sums.total),
  success_rate: share(sums.successes, sums.total),
  avg_confidence: mean(sums),
});

const share = (count: number, total: number): number => (total ? count / total : 0);
const mean = ({ confidence, total }: Metrics): number => share(confidence, total);
