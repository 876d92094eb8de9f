import { thegentBudgets, type Kpis, type Stats } from "@/lib/areas/drift/domain/drift";
import type { DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { whatLifts } from "@/lib/areas/drift/domain/lift";
import { sayMany } from "@/lib/kernel/words/quantities";
import { fixed, float, percent, repr } from "@/lib/thegent/python/float";
import { dumps } from "@/lib/thegent/python/json";
import { JsonNumber, type JsonValue } from "@/lib/thegent/python/value";
import type { DriftFigures } from "./drift";

/** As Python writes it: floats with a point, NaN and Infinity as such, non-ASCII escaped. */
export function driftAsJson(figures: DriftFigures): string {
  const lines = Object.entries(figures).map(([key, value]) => `  ${dumps(key)}: ${dumps(jsonOf(value))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

type Plain =
  string | number | boolean | readonly Plain[] | ReadonlyMap<string, Plain> | { readonly [key: string]: Plain };

/** Of its numbers only totals are ints to thegent. */
export function jsonOf(value: Plain | Stats | Kpis, key?: string): JsonValue {
  if (typeof value === "number") return key === "total" ? new JsonNumber(String(value), false) : float(value);
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Plain) => jsonOf(item));
  const entries: Iterable<[string, Plain]> =
    value instanceof Map ? (value as Map<string, Plain>) : Object.entries(value);
  return new Map([...entries].map(([name, item]) => [name, jsonOf(item, name)]));
}

/** For a person at a terminal. */
export function driftAsText({ issues, budget, stats, kpis }: DriftFigures, window: DriftWindow): string {
  const { rule, lines } = window;
  const counted = rule.limit ? `last ${sayMany(Math.min(lines, rule.limit), "line")}` : sayMany(lines, "line");
  const one = rule.provider === null ? "" : `, provider ${printable(rule.provider)}`;
  return [
    `${sayMany(lines, "telemetry line")}.`,
    "",
    `Budget (${counted}): ${budget.within_budget ? "kept." : "exceeded; thegent blocks the critical lane."}`,
    `  structural  ${repr(budget.structural_rate_pct)} % of at most ${repr(budget.structural_budget_pct)} %`,
    `  semantic    ${repr(budget.semantic_rate_pct)} % of at most ${repr(budget.semantic_budget_pct)} %`,
    ...(budget.within_budget ? [] : [`  ${liftOf(window)}`]),
    "",
    ...regressionsIn(issues, window),
    "",
    `Last ${sayMany(stats.total, "line")}: ${ratesOf(stats)}`,
    `KPIs (${counted}${one}): ${ratesOf(kpis)}`,
    ...tableOf(kpis),
    "",
  ].join("\n");
}

function liftOf({ rule, budgetRecent }: DriftWindow): string {
  if (!rule.limit) return "Good lines lift that.";
  const none = { lines: 0, milliseconds: 0, structural: 0, semantic: 0 };
  const { goodLines } = whatLifts({ marks: budgetRecent, limit: rule.limit }, thegentBudgets, none);
  return `${sayMany(goodLines, "good line")} in a row would lift that.`;
}

function regressionsIn(issues: readonly string[], { rule, lines }: DriftWindow): string[] {
  const compared = `The last ${sayMany(rule.window, "line")} against what was before`;
  if (lines < 2 * rule.window) return [`${compared}: too few lines yet, ${2 * rule.window} are needed.`];
  if (!issues.length) return [`${compared}: no regression.`];
  return [`${compared}:`, ...issues.map((issue) => `  ${printable(issue)}`)];
}

type Rates = Pick<Stats, "fallback_rate" | "success_rate" | "avg_confidence">;
const cellsOf = (rates: Rates): string[] => [
  percent(rates.success_rate, 1),
  percent(rates.fallback_rate, 1),
  fixed(rates.avg_confidence, 2),
];

function ratesOf(rates: Rates): string {
  const [success, fallback, confidence] = cellsOf(rates);
  return `success ${success}, fallback ${fallback}, confidence ${confidence}`;
}

function tableOf({ by_provider }: Kpis): string[] {
  if (!by_provider.size) return [];
  const rows = [
    ["PROVIDER", "LINES", "SUCCESS", "FALLBACK", "CONFIDENCE"],
    ...[...by_provider].map(([name, kpis]) => [printable(name), String(kpis.total), ...cellsOf(kpis)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((text, column) => text.padEnd(widths[column]!))
        .join("  ")
        .trimEnd()}`,
  );
}

/** Nothing in a record may move the terminal's cursor. */
export const printable = (text: string): string => text.replace(/\p{C}+/gu, " ").slice(0, 120);
