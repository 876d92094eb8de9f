import type { RegistryVerdict } from "@/lib/areas/audit/port";
import { sayMany } from "@/lib/kernel/words/quantities";
import { nameUnkept } from "@/lib/kernel/words/text";
import { repr } from "@/lib/thegent/python/float";
import type { BudgetStatus, Figure } from "./drift";
import { budgetExceeded, mostPastSla } from "./sweep";

export const sweepParts = ["drift", "budget", "past_sla", "audit"] as const;
export type SweepPart = (typeof sweepParts)[number];

export const partVerdicts = ["ok", "found", "unknown"] as const;
/** Nothing found, something found, or it could not be looked at, which is never the first. */
export type PartVerdict = (typeof partVerdicts)[number];

/** `count`: how many were found, of which `says` has the first; for who found nothing, what was looked at. */
export type PartResult = { verdict: PartVerdict; count: number; says: readonly string[] };
export type SweepResult = Readonly<Record<SweepPart, PartResult>>;

/** What is kept of what a part says: a directory may hold any number of findings, of any length. */
const most = { sentences: 10, characters: 300 };

const part = (verdict: PartVerdict, count: number, says: readonly string[]): PartResult => ({
  verdict,
  count,
  says: says.slice(0, most.sentences).map(short),
});

/** As the database can keep it; cut between characters. */
function short(text: string): string {
  const characters = [...nameUnkept(text.slice(0, 4 * most.characters))];
  const isCut = characters.length > most.characters || text.length > 4 * most.characters;
  return isCut ? `${characters.slice(0, most.characters).join("")}…` : characters.join("");
}

/** `because`: a sentence for people. */
export const unknownPart = (because: string): PartResult => part("unknown", 0, [because]);

/** thegent's own sentences of what got worse. */
export function driftPart(issues: Figure<readonly string[]>): PartResult {
  if (!issues.ok) return unknownPart(`thegent’s own detection of drift fails: ${issues.because}.`);
  const { value } = issues;
  return value.length ? part("found", value.length, value) : part("ok", 0, ["Nothing got worse."]);
}

export function budgetPart(budget: Figure<BudgetStatus>): PartResult {
  if (!budget.ok) return unknownPart(`thegent’s own budget fails: ${budget.because}.`);
  const { value } = budget;
  if (!value.within_budget) return part("found", 1, [budgetExceeded(value)]);
  const rates = `structural ${repr(value.structural_rate_pct)} %, semantic ${repr(value.semantic_rate_pct)} %`;
  return part("ok", 0, [`The budget is kept: ${rates}.`]);
}

/** The runs whose records wait past their SLA, most urgent first, as many as thegent lists; or why its own list fails. */
export function pastSlaPart(list: { ok: true; runs: readonly string[] } | { ok: false; because: string }): PartResult {
  if (!list.ok) return unknownPart(list.because);
  const { runs } = list;
  return runs.length ? part("found", runs.length, runs) : part("ok", 0, ["Nothing waits past its SLA."]);
}

/** thegent's verdict on its run registry, with the issues of its own audit. */
export function auditPart(verdict: RegistryVerdict): PartResult {
  if (verdict.status === "unreadable") return unknownPart(`thegent’s own audit fails: ${verdict.reason}`);
  const { status, valid_count, corrupt_count, chain_broken, issues } = verdict;
  if (status === "empty") return part("ok", 0, ["There is no run registry yet."]);
  if (status === "passed") return part("ok", 0, [`${sayMany(valid_count, "record")} of the run registry, whole.`]);
  const broken = chain_broken ? ["The chain of the run registry is broken."] : [];
  const corrupt = corrupt_count ? [`${sayMany(corrupt_count, "record")} of the run registry cannot be trusted.`] : [];
  return part("found", Math.max(issues.length, 1), [...broken, ...corrupt, ...issues]);
}

/** Of the whole: what was found outweighs what is not known, and that what is well. */
export function verdictOf(result: SweepResult): PartVerdict {
  const verdicts = sweepParts.map((name) => result[name].verdict);
  return verdicts.includes("found") ? "found" : verdicts.includes("unknown") ? "unknown" : "ok";
}

/** "100 or more", where thegent counts no further. */
export const sayFound = (name: SweepPart, count: number): string =>
  name === "past_sla" && count >= mostPastSla ? `${mostPastSla} or more` : String(count);
