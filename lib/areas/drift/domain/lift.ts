import type { DriftKind } from "@/lib/thegent/records/telemetry-event";
import type { Budgets, DriftRates } from "./drift";
import { rateOf, type BudgetMark } from "./sums";

/** The budget's window, oldest line first, and how many lines it takes; not 0, which policy never uses. */
export type BudgetWindow = { readonly marks: readonly BudgetMark[]; readonly limit: number };

/** Lines of a while, and how many of them reported drift of a kind. */
export type Pace = { readonly lines: number; readonly milliseconds: number } & Readonly<Record<DriftKind, number>>;

export type Lift = {
  /** So many lines without drift, one after the other, and the critical lane is open again; 0 where it is. */
  goodLines: number;
  /**
   * With lines as they come at this pace, its drift among them: how many until the lane opens, how many of these are good, and how long that
   * takes. Null: the pace itself is over the budget, or nothing comes.
   */
  atPace: { lines: number; good: number; milliseconds: number } | null;
};

/** What would lift the critical lane's block (FORMATS §5, rule 2b). A drift line behind the window counts no more; a good one thins out the rest. */
export function whatLifts(window: BudgetWindow, budgets: Budgets, pace: Pace): Lift {
  return {
    // A window of good lines alone is within any budget.
    goodLines: linesUntilWithin(window, budgets, { structural: 0, semantic: 0 }) ?? window.limit,
    atPace: atPace(window, budgets, pace),
  };
}

function atPace(window: BudgetWindow, budgets: Budgets, pace: Pace): Lift["atPace"] {
  if (pace.lines === 0) return null;
  const shares = { structural: pace.structural / pace.lines, semantic: pace.semantic / pace.lines };
  const lines = linesUntilWithin(window, budgets, shares);
  if (lines === null) return null;
  const good = Math.round(lines * (1 - shares.structural - shares.semantic));
  return { lines, good, milliseconds: Math.round((lines * pace.milliseconds) / pace.lines) };
}

/** Of lines with these shares of drift; null where the window, once it holds nothing else, is still over a budget. */
function linesUntilWithin({ marks, limit }: BudgetWindow, budgets: Budgets, shares: DriftRates): number | null {
  const left = { structural: countOf(marks, "structural"), semantic: countOf(marks, "semantic") };
  for (let added = 0; added <= limit; added += 1) {
    const total = Math.min(limit, marks.length + added);
    const within = (kind: DriftKind) => rateOf(left[kind] + added * shares[kind], total) <= budgets[kind];
    if (within("structural") && within("semantic")) return added;
    const leaves = marks[marks.length + added - limit];
    if (leaves === "structural" || leaves === "semantic") left[leaves] -= 1;
  }
  return null;
}

const countOf = (marks: readonly BudgetMark[], kind: DriftKind): number => marks.filter((mark) => mark === kind).length;
