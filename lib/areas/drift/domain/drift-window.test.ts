import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "@/lib/testing/rounds";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { issuesOf } from "./detect";
import { thegentDefaults, type Figure } from "./drift";
import { emptyDriftWindow, nextDriftWindow, type DriftWindow, type WindowRule } from "./drift-window";
import { budgetOf, kpisOf, statsOf } from "./figures";

/** A record as it stands in the file; a key that is undefined is missing. NaN and Infinity are words that Python's JSON has. */
type Fields = {
  event_type?: string | undefined;
  provider?: string | null | undefined;
  contract?: string | undefined;
  confidence?: number | null | undefined;
  success?: boolean | number | null | undefined;
};
/** Or a line that is none. */
type Line = Fields | "" | "{torn" | 7;

const written = (line: Line): string =>
  typeof line !== "object"
    ? String(line)
    : `{${Object.entries(line)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${JSON.stringify(key)}: ${typeof value === "number" ? value : JSON.stringify(value)}`)
        .join(", ")}}`;

/* ---- FORMATS §6 as it stands there: all lines in a list, and each figure from the whole of it. Knows nothing of the product. ---- */

class Raises extends Error {}

/** `items[-count:]`: of 0 it is all. */
const last = <T>(items: T[], count: number): T[] => items.slice(-count);

const recordsOf = (lines: Line[]): (Fields | 7)[] =>
  lines.filter((line): line is Fields | 7 => line !== "" && line !== "{torn");

const object = (record: Fields | 7): Fields => {
  if (record === 7) throw new Raises();
  return record;
};
const confidenceIn = (record: Fields): number => {
  if (record.confidence === null) throw new Raises();
  return record.confidence === undefined ? 0 : record.confidence;
};
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const providerIn = (record: Fields, missing: string | null): string | null =>
  record.provider === undefined ? missing : record.provider;

/** Half-even on the exact value: the double as a whole number of 2^-1074, divided by hand. */
function decimal(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  let [mantissa, power] = [Math.abs(value), 1074n];
  while (!Number.isInteger(mantissa)) [mantissa, power] = [mantissa * 2, power - 1n];
  const [top, bottom] = [BigInt(mantissa) * 2n ** power * 10n ** BigInt(digits), 2n ** 1074n];
  let whole = top / bottom;
  const rest = (top % bottom) * 2n;
  if (rest > bottom || (rest === bottom && whole % 2n === 1n)) whole += 1n;
  const text = String(whole).padStart(digits + 1, "0");
  return `${value < 0 ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function budget(lines: Line[], limit: number) {
  const recent = last(recordsOf(lines), limit).map(object);
  const rate = (kind: string) =>
    recent.length ? (recent.filter((one) => one.event_type === kind).length / recent.length) * 100 : 0;
  const [structural, semantic] = [rate("schema.drift.structural"), rate("schema.drift.semantic")];
  return {
    within_budget: structural <= 5 && semantic <= 10,
    structural_rate_pct: Number(decimal(structural, 2)),
    semantic_rate_pct: Number(decimal(semantic, 2)),
    structural_budget_pct: 5,
    semantic_budget_pct: 10,
  };
}

const rates = (records: Fields[]) => ({
  total: records.length,
  success_rate: records.length ? records.filter((one) => one.success).length / records.length : 0,
  fallback_rate: records.length
    ? records.filter((one) => one.contract === "fallback-plain").length / records.length
    : 0,
  avg_confidence: records.length ? sum(records.map(confidenceIn)) / records.length : 0,
});
const names = (records: Fields[]) => [...new Set(records.map((one) => String(providerIn(one, "unknown"))))];
const ofProvider = (records: Fields[], name: string) =>
  records.filter((one) => String(providerIn(one, "unknown")) === name);

function stats(lines: Line[]) {
  const recent = last(recordsOf(lines), 100).map(object);
  if (!recent.length) return rates([]);
  const means = names(recent).map((name) => [name, rates(ofProvider(recent, name)).avg_confidence] as const);
  return { ...rates(recent), by_provider: Object.fromEntries(means) };
}

function kpis(lines: Line[], limit: number, provider: string | null) {
  // str() of a provider that is null is "None".
  const textOf = (one: Fields) => (providerIn(one, "") ?? "None").trim().toLowerCase();
  const recent = last(recordsOf(lines), limit)
    .map(object)
    .filter((one) => provider === null || textOf(one) === provider.toLowerCase());
  const { structural_rate_pct, semantic_rate_pct } = budget(lines, limit);
  return {
    ...rates(recent),
    by_provider: Object.fromEntries(names(recent).map((name) => [name, rates(ofProvider(recent, name))])),
    structural_drift_pct: structural_rate_pct,
    semantic_drift_pct: semantic_rate_pct,
  };
}

function detect(lines: Line[], window: number): string[] {
  const all = recordsOf(lines);
  if (all.length < 2 * window) return [];
  if (window === 0) throw new Raises();
  const recent = last(all, window).map(object);
  const before = all.slice(0, all.length - window);
  const says: string[] = [];
  const compare = (old: Fields[], now: Fields[], threshold: number, fallback: string, confidence: string) => {
    const [was, is] = [rates(old), rates(now)];
    if (is.fallback_rate > was.fallback_rate + threshold)
      says.push(`${fallback}: ${decimal(was.fallback_rate * 100, 1)}% -> ${decimal(is.fallback_rate * 100, 1)}%`);
    if (is.avg_confidence < was.avg_confidence - threshold)
      says.push(`${confidence}: ${decimal(was.avg_confidence, 2)} -> ${decimal(is.avg_confidence, 2)}`);
  };
  const [fallback, confidence] = [
    "Significant increase in fallback rate",
    "Significant drop in normalization confidence",
  ];
  compare(last(before, 2 * window).map(object), recent, 0.15, fallback, confidence);
  for (const provider of new Set(recent.map((one) => providerIn(one, null)))) {
    const own = (records: Fields[]) => records.filter((one) => providerIn(one, null) === provider);
    const [old, now] = [own(before.map(object)), own(recent)];
    const name = provider ?? "None";
    if (now.length >= 5 && old.length >= 10)
      compare(
        old,
        now,
        0.15 * 1.5,
        `Provider ${name} fallback rate regressed`,
        `Provider ${name} confidence regressed`,
      );
  }
  return says.sort();
}

/* ---- */

const literal = (lines: Line[], rule: WindowRule) => {
  const attempt = (figure: () => unknown) => {
    try {
      return figure();
    } catch (error) {
      if (error instanceof Raises) return "raises";
      throw error;
    }
  };
  return {
    issues: attempt(() => detect(lines, rule.window)),
    budget: attempt(() => budget(lines, rule.limit)),
    stats: attempt(() => stats(lines)),
    kpis: attempt(() => kpis(lines, rule.limit, rule.provider)),
  };
};

const plain = (value: unknown): unknown =>
  value instanceof Map
    ? Object.fromEntries([...(value as Map<string, unknown>)].map(([key, item]) => [key, plain(item)]))
    : value;

const ours = (state: DriftWindow) => {
  const show = (figure: Figure<object>) =>
    !figure.ok
      ? "raises"
      : Array.isArray(figure.value)
        ? figure.value
        : Object.fromEntries(Object.entries(figure.value).map(([key, value]) => [key, plain(value)]));
  return {
    issues: show(issuesOf(state)),
    budget: show(budgetOf(state)),
    stats: show(statsOf(state)),
    kpis: show(kpisOf(state)),
  };
};

const read = (lines: Line[], from = 1) =>
  lines.map((line, index) => readTelemetryLine(Buffer.from(written(line)), from + index));

const optional = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: values }, fc.constant(undefined));
const confidence = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0.95, 0.9, 0.3, 1, 0, 0.125, 0.375) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);
const provider = fc.constantFrom("claude", "Claude", "claude", "unknown", null);
const eventType = fc.constantFrom("normalization", "normalization", "schema.drift.structural", "schema.drift.semantic");
const contract = fc.constantFrom("csm-v1", "fallback-plain");
const record = (confidences: fc.Arbitrary<number | null>): fc.Arbitrary<Fields> =>
  fc.record({
    event_type: optional(eventType),
    provider: optional(provider),
    contract: optional(contract),
    confidence: optional(confidences),
    success: optional(fc.constantFrom(true, false, 0, 1, null)),
  });
const strange = fc.oneof(confidence, fc.constantFrom(NaN, Infinity, -Infinity, null, -2.5));
/** Long stretches alike, so that one window differs from what was before. */
const stretch = fc
  .tuple(record(confidence), fc.integer({ min: 1, max: 40 }))
  .map(([one, times]) => Array(times).fill(one) as Line[]);
const odd = fc.oneof({ weight: 5, arbitrary: record(strange) }, fc.constantFrom<Line>("", "{torn", 7));
const history = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: stretch },
      { weight: 3, arbitrary: record(confidence).map((one) => [one as Line]) },
      { weight: 1, arbitrary: odd.map((one) => [one]) },
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.flat());
const rule: fc.Arbitrary<WindowRule> = fc.record({
  window: fc.constantFrom(0, 1, 2, 5, 20, 50),
  limit: fc.constantFrom(0, 1, 3, 40, 500),
  provider: fc.constantFrom(null, null, "CLAUDE", "unknown", "none"),
});

describe("the drift figures, kept up line by line", () => {
  it("are those of the slow reading of the whole file, however the lines come in", () => {
    fc.assert(
      fc.property(history, rule, fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (lines, its, steps) => {
        let state = nextDriftWindow(emptyDriftWindow(its), []);
        for (let [at, step] = [0, 0]; at < lines.length; step += 1) {
          const next = lines.slice(at, at + steps[step % steps.length]!);
          state = nextDriftWindow(state, read(next, at + 1));
          at += next.length;
          if (step < 3 || at >= lines.length) expect(ours(state)).toEqual(literal(lines.slice(0, at), its));
        }
        expect(ours(state)).toEqual(literal(lines, its));
      }),
      { numRuns: rounds(400, 20_000) },
    );
  });

  it("take no more room with a hundred thousand lines than with two thousand", () => {
    const its = { window: thegentDefaults.window, limit: thegentDefaults.limit, provider: null };
    const lines = Array.from({ length: 2000 }, (_, at): Line => ({ provider: `p${at % 3}`, confidence: 0.9 }));
    const room = (state: DriftWindow) =>
      state.recent.length + state.budgetRecent.length + state.history.groups.size + state.whole.kpi.groups.size;
    let state = nextDriftWindow(emptyDriftWindow(its), read(lines));
    const first = room(state);
    for (let more = 0; more < 49; more += 1) state = nextDriftWindow(state, read(lines));
    expect({ lines: state.lines, room: room(state) }).toEqual({ lines: 100_000, room: first });
  });

  it("leave the window before as it was", () => {
    const its = { window: 2, limit: 0, provider: null };
    const before = nextDriftWindow(
      emptyDriftWindow(its),
      read([{ provider: "a" }, { provider: "b" }, { provider: "b" }]),
    );
    const kept = structuredClone(before);
    nextDriftWindow(before, read([{ provider: "a", confidence: 1 }, 7]));
    expect(before).toEqual(kept);
  });
});
