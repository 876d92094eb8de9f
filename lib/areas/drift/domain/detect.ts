import { fixed, percent } from "@/lib/thegent/python/float";
import { compareCodePoints } from "@/lib/thegent/python/value";
import { thegentDefaults, type Figure } from "./drift";
import { lastOf, type DriftWindow } from "./drift-window";
import { comparedOf, isNaNKey } from "./provider";
import { addToMetrics, badProvider, isEvent, noMetrics, type Counted, type Group, type Metrics } from "./sums";

/** What got worse: of all lines (`provider` null) or of one provider's, and from what to what. */
export type Regression = {
  provider: string | null;
  what: "fallback" | "confidence";
  before: number;
  now: number;
  /** thegent's sentence. */
  says: string;
};

/** thegent compares a provider from so many lines on, in the window and before it. */
export const fewest = { now: 5, before: 10 };

/** thegent's detect_drift (FORMATS §6), in the order of its sentences by code point: its own is another in each process. */
export function regressionsOf(state: DriftWindow): Figure<readonly Regression[]> {
  const { rule, lines, recent, history, fails, fileExists } = state;
  if (!fileExists) return { ok: true, value: [] };
  if (fails.everything !== null) return { ok: false, because: fails.everything };
  if (rule.window === 0) return { ok: false, because: "a window of 0 lines has no average" };
  if (lines < 2 * rule.window) return { ok: true, value: [] };
  const now = lastOf(recent, rule.window);
  const before = lastOf(recent.slice(0, recent.length - rule.window), 2 * rule.window);
  const [all, earlier] = [metricsOf(now), metricsOf(before)];
  const because = all.fails ?? earlier.fails ?? ungrouped(now) ?? history.fails;
  if (because !== null) return { ok: false, because };
  const ofAll = compare(null, earlier, all, thegentDefaults.threshold);
  const ofProviders = providersOf(now).flatMap(({ group, key }) =>
    compareProvider(group, history.groups.get(key)?.metrics ?? noMetrics),
  );
  const failed = ofProviders.find((one) => !one.ok);
  if (failed) return failed;
  const found = [...ofAll, ...ofProviders.flatMap((one) => (one.ok ? one.value : []))];
  return { ok: true, value: found.sort((a, b) => compareCodePoints(a.says, b.says)) };
}

/** Its sentences alone, as thegent gives them. */
export function issuesOf(state: DriftWindow): Figure<readonly string[]> {
  const found = regressionsOf(state);
  return found.ok ? { ok: true, value: found.value.map(({ says }) => says) } : found;
}

const metricsOf = (items: readonly Counted[]): Metrics => items.reduce(addToMetrics, noMetrics);

function ungrouped(items: readonly Counted[]): string | null {
  const item = items.filter(isEvent).find((one) => comparedOf(one).key === null);
  return item ? badProvider(item) : null;
}

export function providersOf(items: readonly Counted[]): { key: string; group: Group }[] {
  const groups = new Map<string, Group>();
  for (const item of items.filter(isEvent)) {
    const { key, name } = comparedOf(item);
    if (key === null || isNaNKey(key)) continue;
    const group = groups.get(key) ?? { name, metrics: noMetrics };
    groups.set(key, { ...group, metrics: addToMetrics(group.metrics, item) });
  }
  return [...groups].map(([key, group]) => ({ key, group }));
}

function compareProvider({ name, metrics }: Group, before: Metrics): Figure<Regression[]> {
  if (metrics.total < fewest.now || before.total < fewest.before) return { ok: true, value: [] };
  if (before.fails !== null) return { ok: false, because: before.fails };
  return { ok: true, value: compare(name, before, metrics, thegentDefaults.threshold * 1.5) };
}

function compare(provider: string | null, before: Metrics, now: Metrics, threshold: number): Regression[] {
  const of = (sums: Metrics) => ({ fallback: sums.fallbacks / sums.total, confidence: sums.confidence / sums.total });
  const [old, recent] = [of(before), of(now)];
  const found: Regression[] = [];
  const say = (what: Regression["what"], write: (value: number) => string) =>
    found.push({
      provider,
      what,
      before: old[what],
      now: recent[what],
      says: `${sentenceOf(provider, what)}: ${write(old[what])} -> ${write(recent[what])}`,
    });
  if (recent.fallback > old.fallback + threshold) say("fallback", (share) => percent(share, 1));
  if (recent.confidence < old.confidence - threshold) say("confidence", (mean) => fixed(mean, 2));
  return found;
}

function sentenceOf(provider: string | null, what: Regression["what"]): string {
  if (provider === null)
    return what === "fallback"
      ? "Significant increase in fallback rate"
      : "Significant drop in normalization confidence";
  return `Provider ${provider} ${what === "fallback" ? "fallback rate" : "confidence"} regressed`;
}
