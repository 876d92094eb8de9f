import type { TelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { thegentBudgets, thegentDefaults } from "./drift";
import { neverOver, nextOverSince, type OverSince } from "./over";
import { providerFilter } from "./provider";
import {
  addToBudget,
  addToHistory,
  addToKpi,
  isEvent,
  markOf,
  noBudgetSums,
  noKpi,
  noObject,
  type BudgetMark,
  type BudgetSums,
  type Counted,
  type Group,
  type Kpi,
} from "./sums";

/** `limit` 0 means all lines, as in thegent (FORMATS §0.20); a `window` of 0 is one that its detection fails on. */
export type WindowRule = {
  readonly window: number;
  readonly limit: number;
  /** Of the KPIs alone: spaces around it and case do not matter. Null: all providers. */
  readonly provider: string | null;
};

/**
 * All that thegent's drift figures are made of, without the lines that are behind its windows: those are sums. Data, so that it can be kept.
 */
export type DriftWindow = {
  readonly rule: WindowRule;
  /** False: thegent finds no file, and has a figure for that. */
  readonly fileExists: boolean;
  /** All lines that the windows count; of the budget, too. */
  readonly lines: number;
  /** The last of them, as many as the widest window asks for. */
  readonly recent: readonly Counted[];
  readonly budgetRecent: readonly BudgetMark[];
  /** By thegent's budgets; with a limit of 0 it is not kept. */
  readonly overSince: OverSince;
  /** Every line before the last `window`: by provider, and the first that is no object. */
  readonly history: { readonly groups: ReadonlyMap<string, Group>; readonly fails: string | null };
  /** With a limit of 0: sums over all lines. */
  readonly whole: { readonly budget: BudgetSums; readonly kpi: Kpi };
  readonly fails: { readonly everything: string | null; readonly budget: string | null };
};

export const emptyDriftWindow = (rule: WindowRule, fileExists = true): DriftWindow => ({
  rule: { ...rule, provider: providerFilter(rule.provider) },
  fileExists,
  lines: 0,
  recent: [],
  budgetRecent: [],
  overSince: neverOver,
  history: { groups: new Map(), fails: null },
  whole: { budget: noBudgetSums, kpi: noKpi() },
  fails: { everything: null, budget: null },
});

/**
 * The window with these lines behind it. Costs as much as the lines and the windows are long, however many lines came before; many lines at
 * once cost the least.
 */
export function nextDriftWindow(state: DriftWindow, lines: readonly TelemetryLine[]): DriftWindow {
  const items = lines.flatMap((line) => (line.counts === "everywhere" ? [line.item] : []));
  const counted = lines.flatMap((line) => ("item" in line ? [line.item] : []));
  const marks = counted.map(markOf);
  const { limit, window } = state.rule;
  const { recent, history } = passBehind(state, items);
  return {
    ...state,
    fileExists: true,
    lines: state.lines + items.length,
    recent: lastOf(recent, Math.max(3 * window, thegentDefaults.statsLimit, limit)),
    budgetRecent: limit ? lastOf([...state.budgetRecent, ...marks], limit) : [],
    overSince: limit ? nextOverSince(state.overSince, state.budgetRecent, counted, limit, thegentBudgets) : neverOver,
    history,
    whole: limit ? state.whole : addToWhole(state, items, marks),
    fails: {
      everything: state.fails.everything ?? firstFailure(lines, "everything"),
      budget: state.fails.budget ?? firstFailure(lines, "the budget"),
    },
  };
}

/** With the new items those that the window lets go go into the history. */
function passBehind({ rule, lines, recent, history }: DriftWindow, items: readonly Counted[]) {
  const all = [...recent, ...items];
  const first = lines - recent.length;
  const behind = (count: number) => Math.max(0, count - rule.window);
  const passed = all.slice(behind(lines) - first, behind(lines + items.length) - first);
  if (!passed.length) return { recent: all, history };
  const groups = new Map(history.groups);
  let { fails } = history;
  for (const item of passed) {
    if (isEvent(item)) addToHistory(groups, item);
    else fails ??= noObject(item);
  }
  return { recent: all, history: { groups, fails } };
}

function addToWhole({ whole, rule }: DriftWindow, items: readonly Counted[], marks: readonly BudgetMark[]) {
  const kpi: Kpi = { all: whole.kpi.all, groups: new Map(whole.kpi.groups) };
  for (const item of items) addToKpi(kpi, item, rule.provider);
  return { budget: marks.reduce(addToBudget, whole.budget), kpi };
}

function firstFailure(lines: readonly TelemetryLine[], what: "everything" | "the budget"): string | null {
  for (const line of lines) if (line.counts === "fails" && line.what === what) return line.because;
  return null;
}

/** Python's `items[-count:]`, but for 0. */
export const lastOf = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  count >= items.length ? items : items.slice(items.length - count);
