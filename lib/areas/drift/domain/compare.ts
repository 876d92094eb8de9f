import type { TelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { fewest, providersOf, regressionsOf, type Regression } from "./detect";
import type { Figure } from "./drift";
import { lastOf, type DriftWindow } from "./drift-window";
import { contractOf, eventIn } from "./hours";
import { addToMetrics, noMetrics, type Counted, type Metrics } from "./sums";

/** What a window's lines come to; `lines` is how many they are. */
export type Side = { lines: number; fallback: number; confidence: number };

/** The last lines and those before them. `compared` false: too few for thegent to compare. `worse`: what it says of them. */
export type Pair = {
  name: string;
  now: Side;
  before: Side | null;
  compared: boolean;
  worse: readonly Regression["what"][];
};

export type Compared = {
  window: number;
  /** Against the two windows before it. */
  all: Pair;
  /** Each against every earlier line of it. */
  providers: readonly Pair[];
  /** As all lines are; thegent itself compares no contracts. */
  contracts: readonly Pair[];
};

const sideOf = ({ total, fallbacks, confidence }: Metrics): Side | null =>
  total ? { lines: total, fallback: fallbacks / total, confidence: confidence / total } : null;
const nothing: Side = { lines: 0, fallback: 0, confidence: 0 };
const metricsOf = (items: readonly Counted[]): Metrics => items.reduce(addToMetrics, noMetrics);

/** What thegent holds against each other (FORMATS §6), in numbers. `tail`: the last three windows of lines, for the contracts, which its windows do not keep. */
export function comparedNow(state: DriftWindow, tail: readonly TelemetryLine[]): Figure<Compared> {
  const regressions = regressionsOf(state);
  if (!regressions.ok) return regressions;
  const { rule, recent, history, lines } = state;
  const now = lastOf(recent, rule.window);
  const before = lastOf(recent.slice(0, recent.length - now.length), 2 * rule.window);
  const worseOf = (provider: string | null) =>
    regressions.value.filter((one) => one.provider === provider).map(({ what }) => what);
  const pair = (name: string, is: Metrics, was: Metrics, compared: boolean, provider?: string | null): Pair => ({
    name,
    now: sideOf(is) ?? nothing,
    before: sideOf(was),
    compared,
    worse: provider === undefined ? [] : worseOf(provider),
  });
  const providers = providersOf(now).map(({ key, group: { name, metrics } }) => {
    const was = history.groups.get(key)?.metrics ?? noMetrics;
    return pair(name, metrics, was, metrics.total >= fewest.now && was.total >= fewest.before, name);
  });
  return {
    ok: true,
    value: {
      window: rule.window,
      all: pair("all lines", metricsOf(now), metricsOf(before), lines >= 2 * rule.window, null),
      providers: providers.sort((a, b) => b.now.lines - a.now.lines || (a.name < b.name ? -1 : 1)),
      contracts: contractsOf(tail, rule.window).map(({ name, now: is, before: was }) => pair(name, is, was, false)),
    },
  };
}

type Sides = { name: string; now: Metrics; before: Metrics };

function contractsOf(tail: readonly TelemetryLine[], window: number): Sides[] {
  const events = tail.flatMap((line) => (line.counts === "everywhere" ? (eventIn(line) ?? []) : []));
  const first = events.length - window;
  const groups = new Map<string, Sides>();
  events.forEach(({ event, told }, index) => {
    const name = contractOf(told);
    const group = groups.get(name) ?? { name, now: noMetrics, before: noMetrics };
    const side = index >= first ? "now" : "before";
    groups.set(name, { ...group, [side]: addToMetrics(group[side], event) });
  });
  return [...groups.values()].sort((a, b) => b.now.total - a.now.total || (a.name < b.name ? -1 : 1));
}
