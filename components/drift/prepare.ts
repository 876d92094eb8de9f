import type { DriftView, RatePoint } from "@/lib/areas/drift/contract";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";

/** A point of the chart, in per cent. Null: there was nothing to take a share of, which is a gap and not a zero. */
export type Rate = {
  at: number;
  lines: number;
  structural: number | null;
  semantic: number | null;
  fallback: number | null;
};

const share = (count: number, of: number): number | null => (of ? (count / of) * 100 : null);

/** One point for each grain of the span, up to now; where no line was, a gap. */
export function prepareRates({
  points,
  from,
  grainMs,
  now,
}: Pick<DriftView, "points" | "from" | "grainMs" | "now">): Rate[] {
  const known = new Map(points.map((point) => [Date.parse(point.at), point]));
  const rates: Rate[] = [];
  for (let at = Date.parse(from); at <= Date.parse(now); at += grainMs) rates.push(rateOf(at, known.get(at)));
  return rates;
}

function rateOf(at: number, point: RatePoint | undefined): Rate {
  if (!point) return { at, lines: 0, structural: null, semantic: null, fallback: null };
  const { lines, structural, semantic, outputs, fallbacks } = point;
  return {
    at,
    lines,
    structural: share(structural, lines),
    semantic: share(semantic, lines),
    fallback: share(fallbacks, outputs),
  };
}

type BudgetLine = { name: string; rate: number; budget: number; over: boolean; says: string };
type Budgeted = Pick<DriftView, "budget" | "budgetCounts">;

/** Each kind of drift against its budget, in words. */
export function prepareBudget({ budget, budgetCounts: { total, ...counts } }: Budgeted): BudgetLine[] {
  if (!budget.ok) return [];
  const { value } = budget;
  const line = (name: string, count: number, rate: number, allowed: number): BudgetLine => ({
    name,
    rate,
    budget: allowed,
    // Judged before rounding, as thegent does: a rate that reads as the budget may be over it.
    over: total > 0 && (count / total) * 100 > allowed,
    says: `${rate} % of the last ${sayMany(total, "line")} (${sayCount(count)}); the budget is ${allowed} %`,
  });
  return [
    line("Structural drift", counts.structural, value.structural_rate_pct, value.structural_budget_pct),
    line("Semantic drift", counts.semantic, value.semantic_rate_pct, value.semantic_budget_pct),
  ];
}

/** Why the critical lane is closed, and what would open it; null while it is open. */
export function sayBlock({ goodLines, ...budgeted }: Budgeted & Pick<DriftView, "goodLines">): string | null {
  const { budget } = budgeted;
  if (!budget.ok || budget.value.within_budget) return null;
  const over = prepareBudget(budgeted)
    .filter((line) => line.over)
    .map(({ name, rate, budget: allowed }) => `${name.toLowerCase()} is at ${rate} % (budget ${allowed} %)`);
  const lift =
    goodLines === null
      ? "No number of good lines would open it: a budget of nothing lets nothing pass."
      : `${sayMany(goodLines, "line")} without drift, one after the other, would open it again.`;
  return `The critical lane is blocked: ${over.join(" and ")}. thegent denies every run of the lane “critical” while this lasts. ${lift}`;
}
