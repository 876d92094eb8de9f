import type { DriftKind } from "@/lib/thegent/records/telemetry-event";
import type { Budgets } from "./drift";
import { markOf, rateOf, type BudgetMark, type Counted } from "./sums";

/** The line with which drift of a kind came over its budget, where it has been over it since; null: it is within. */
export type OverSince = Readonly<Record<DriftKind, number | null>>;
export const neverOver: OverSince = { structural: null, semantic: null };

const kinds = ["structural", "semantic"] as const;

/** After these lines; `before`: what the window of `limit` lines held. Costs as much as the window and the lines are long. */
export function nextOverSince(
  since: OverSince,
  before: readonly BudgetMark[],
  lines: readonly Counted[],
  limit: number,
  budgets: Budgets,
): OverSince {
  const marks = [...before];
  const counts = { structural: 0, semantic: 0 };
  const count = (mark: BudgetMark | undefined, by: 1 | -1) => {
    if (mark === "structural" || mark === "semantic") counts[mark] += by;
  };
  for (const mark of marks) count(mark, 1);
  const now = { ...since };
  for (const item of lines) {
    const mark = markOf(item);
    count(mark, 1);
    count(marks[marks.length - limit], -1);
    marks.push(mark);
    const total = Math.min(marks.length, limit);
    for (const kind of kinds) now[kind] = rateOf(counts[kind], total) > budgets[kind] ? (now[kind] ?? item.line) : null;
  }
  return now;
}
