import { repr } from "@/lib/thegent/python/float";
import type { BudgetStatus } from "./drift";

/** thegent reads no more than so many past their SLA, and counts no more. */
export const mostPastSla = 100;

/** Keys as in the JSON of `govern sweep`; `audit` only where one was asked for. */
export type Sweep<Item, Audit> = {
  drift_issues: readonly string[];
  drift_budget: BudgetStatus;
  past_sla_count: number;
  past_sla_items: readonly Item[];
  audit?: Audit;
  pass: boolean;
};

/**
 * `govern sweep` (FORMATS §6): passes when no drift was found, the budget is kept, nothing is past its SLA, and the audit, where there was one,
 * found nothing. Without an audit a broken chain does not fail it.
 */
export function sweepOf<Item, Audit extends { status: string }>(
  issues: readonly string[],
  budget: BudgetStatus,
  pastSla: readonly Item[],
  audit: Audit | null,
): Sweep<Item, Audit> {
  const driftIssues = budget.within_budget ? [...issues] : [...issues, budgetExceeded(budget)];
  const items = pastSla.slice(0, mostPastSla);
  const isWhole = audit === null || audit.status === "passed" || audit.status === "empty";
  return {
    drift_issues: driftIssues,
    drift_budget: budget,
    past_sla_count: items.length,
    past_sla_items: items,
    ...(audit === null ? {} : { audit }),
    pass: driftIssues.length === 0 && items.length === 0 && isWhole,
  };
}

/** The exit code of thegent's command. */
export const exitCodeOf = ({ pass }: { pass: boolean }): 0 | 1 => (pass ? 0 : 1);

/** thegent's sentence. */
export const budgetExceeded = (budget: BudgetStatus): string =>
  `Drift budget exceeded: structural ${repr(budget.structural_rate_pct)}% (budget ${repr(budget.structural_budget_pct)}%), ` +
  `semantic ${repr(budget.semantic_rate_pct)}% (budget ${repr(budget.semantic_budget_pct)}%)`;
