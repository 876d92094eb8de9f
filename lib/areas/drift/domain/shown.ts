import type { Regression } from "./detect";
import type { BudgetStatus, Figure } from "./drift";
import type { Finding, FindingKind } from "./episodes";

/**
 * What a decision on an episode is bound to: what is true of the drift, as far as it would change a mind. Rates are whole per cents, because each further line
 * moves their second digit, and nobody is asked again for that; which budgets are exceeded is exact.
 */
export type Shown = {
  /** What is found of it now; a word for thegent's failure where its figures cannot be had. */
  found: (FindingKind | "unknown")[];
  structural: number | null;
  semantic: number | null;
  exceeded: ("structural" | "semantic")[];
  /** What got worse: from and to, fallbacks in whole per cents, confidence in tenths. */
  regressions: { what: Regression["what"]; before: number; now: number }[];
  /** Runs of the critical lane that were denied for it since it was found. */
  denied: number;
};

type Subject = { contract: string | null; provider: string | null };
type Facts = {
  /** Null: thegent's own figures fail on this telemetry. */
  findings: readonly Finding[] | null;
  budget: Figure<BudgetStatus>;
  regressions: Figure<readonly Regression[]>;
  denied: number;
};

/** Of the figures as they are, what a decision on the drift of this subject is bound to. */
export function shownOf(subject: Subject, { findings, budget, regressions, denied }: Facts): Shown {
  const isOurs = (one: Subject) => one.contract === subject.contract && one.provider === subject.provider;
  const found = findings?.filter(isOurs).map(({ what }) => what) ?? ["unknown" as const];
  const rates = budget.ok ? budget.value : null;
  return {
    found: [...new Set(found)].sort(),
    structural: rates && Math.round(rates.structural_rate_pct),
    semantic: rates && Math.round(rates.semantic_rate_pct),
    exceeded: found.filter((what) => what === "structural" || what === "semantic"),
    regressions: (regressions.ok ? regressions.value : [])
      .filter(({ provider }) => provider === subject.provider)
      .map(({ what, before, now }) => ({ what, before: rounded(what, before), now: rounded(what, now) })),
    denied,
  };
}

/** A tenth of a confidence weighs about as much as a per cent of fallbacks does. Whole numbers, as the chain keeps no others; what thegent's file says beyond a million is no rate. */
const rounded = (what: Regression["what"], value: number): number =>
  Math.max(-mostRate, Math.min(mostRate, Math.round(value * (what === "fallback" ? 100 : 10))));
const mostRate = 1_000_000;

const sayFigure = (what: Regression["what"], figure: number): string =>
  what === "fallback" ? `${figure} %` : (figure / 10).toFixed(1);

const names: Readonly<Record<FindingKind | "unknown", string>> = {
  structural: "structural drift over its budget",
  semantic: "semantic drift over its budget",
  fallback: "more fallbacks",
  confidence: "less confidence",
  unknown: "thegent’s figures fail",
};

/** What is different now from what was shown, a sentence each; none: nothing is. */
export function differences(seen: Shown, current: Shown): string[] {
  const news = current.found.filter((what) => !seen.found.includes(what));
  const gone = seen.found.filter((what) => !current.found.includes(what));
  return [
    ...news.map((what) => `Now found, too: ${names[what]}`),
    ...gone.map((what) => `Not found any more: ${names[what]}`),
    ...(["structural", "semantic"] as const).flatMap((kind) =>
      seen[kind] === current[kind]
        ? []
        : [`${capital(kind)} drift: ${sayRate(seen[kind])}, now ${sayRate(current[kind])}`],
    ),
    ...movedRegressions(seen, current),
    ...(seen.denied === current.denied ? [] : [`Runs denied for it: ${seen.denied}, now ${current.denied}`]),
  ];
}

function movedRegressions(seen: Shown, current: Shown): string[] {
  return current.regressions.flatMap(({ what, before, now }) => {
    const old = seen.regressions.find((one) => one.what === what);
    if (!old || (old.before === before && old.now === now)) return [];
    const say = (figure: number) => sayFigure(what, figure);
    return [`${nounOf(what)}: ${say(old.now)}, now ${say(now)} (before it: ${say(before)})`];
  });
}

const nounOf = (what: Regression["what"]): string => (what === "fallback" ? "Fallbacks" : "Confidence");
const sayRate = (rate: number | null): string => (rate === null ? "not known" : `about ${rate} %`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is true of it, a sentence each. */
export function sayShown({ found, structural, semantic, regressions, denied }: Shown): string[] {
  return [
    found.length ? `Found: ${found.map((what) => names[what]).join(", ")}` : "Nothing of it is found any more",
    `Structural drift ${sayRate(structural)}, semantic ${sayRate(semantic)}`,
    ...regressions.map(
      ({ what, before, now }) => `${nounOf(what)} ${sayFigure(what, before)}, now ${sayFigure(what, now)}`,
    ),
    `${denied === 0 ? "No run was" : denied === 1 ? "One run was" : `${denied} runs were`} denied for it since it was found`,
  ];
}
