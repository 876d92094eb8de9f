import type { DriftKind, NoObject, TelemetryEvent } from "@/lib/thegent/records/telemetry-event";
import { comparedOf, groupOf, isAskedFor } from "./provider";

/**
 * What thegent adds up, one line after the other and from the left: floating point makes another sum of another order. `fails`: the first
 * line on which its own addition raises, as a clause.
 */
export type Counted = TelemetryEvent | NoObject;
export const isEvent = (item: Counted): item is TelemetryEvent => !("noObject" in item);

/** What a line is to the budget: drift of a kind, no drift, or no object. */
export type BudgetMark = DriftKind | null | NoObject;
export const markOf = (item: Counted): BudgetMark => (isEvent(item) ? item.drift : item);

export type BudgetSums = { readonly total: number } & Readonly<Record<DriftKind, number>> & {
    readonly fails: string | null;
  };
export const noBudgetSums: BudgetSums = { total: 0, structural: 0, semantic: 0, fails: null };

export function addToBudget(sums: BudgetSums, mark: BudgetMark): BudgetSums {
  const total = sums.total + 1;
  if (mark === null) return { ...sums, total };
  if (typeof mark === "object") return { ...sums, total, fails: sums.fails ?? noObject(mark) };
  return { ...sums, total, [mark]: sums[mark] + 1 };
}

/** Per cent, as thegent computes it: the order of the two operations decides the last digit. */
export const rateOf = (count: number, total: number): number => (total ? (count / total) * 100 : 0);

/** Of a set of lines: what its rates and its mean confidence are made of. */
export type Metrics = {
  readonly total: number;
  readonly fallbacks: number;
  readonly successes: number;
  readonly confidence: number;
  readonly fails: string | null;
};
export const noMetrics: Metrics = { total: 0, fallbacks: 0, successes: 0, confidence: 0, fails: null };

export function addToMetrics(sums: Metrics, item: Counted): Metrics {
  const total = sums.total + 1;
  if (!isEvent(item)) return { ...sums, total, fails: sums.fails ?? noObject(item) };
  const confidence = confidenceOf(item);
  return {
    total,
    fallbacks: sums.fallbacks + Number(item.fallback),
    successes: sums.successes + Number(item.success),
    confidence: sums.confidence + (confidence ?? 0),
    fails: sums.fails ?? (confidence === null ? badConfidence(item) : null),
  };
}

const confidenceOf = ({ confidence }: TelemetryEvent): number | null =>
  typeof confidence === "number" ? confidence : confidence.float;

export const noObject = ({ line }: NoObject): string => `line ${line} is JSON, but not an object`;
export const badConfidence = ({ line, confidence }: TelemetryEvent): string =>
  `line ${line} has ${typeof confidence === "number" ? confidence : confidence.shown} for a confidence`;
export const badProvider = ({ line }: TelemetryEvent): string => `line ${line} has a list or an object for a provider`;

export type Group = { readonly name: string; readonly metrics: Metrics };

/** Of all lines and of each provider's, in the order in which they were met; changed in place while lines are added. */
export type Kpi = { all: Metrics; groups: Map<string, Group> };
export const noKpi = (): Kpi => ({ all: noMetrics, groups: new Map() });

/** Only what was asked for is looked at, once it is an object. */
export function addToKpi(sums: Kpi, item: Counted, filter: string | null): void {
  if (isEvent(item) && !isAskedFor(item, filter)) return;
  sums.all = addToMetrics(sums.all, item);
  if (!isEvent(item)) return;
  const { key, name } = groupOf(item);
  if (key === null) sums.all = { ...sums.all, fails: sums.all.fails ?? badProvider(item) };
  else addToGroup(sums.groups, { key, name }, item);
}

/** The lines before a window, by provider as drift is compared; changed in place. */
export function addToHistory(groups: Map<string, Group>, event: TelemetryEvent): void {
  const { key, name } = comparedOf(event);
  // What cannot be compared equals none of those that are.
  if (key !== null) addToGroup(groups, { key, name }, event);
}

function addToGroup(groups: Map<string, Group>, { key, name }: { key: string; name: string }, event: TelemetryEvent) {
  const group = groups.get(key) ?? { name, metrics: noMetrics };
  groups.set(key, { ...group, metrics: addToMetrics(group.metrics, event) });
}
