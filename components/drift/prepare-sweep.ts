import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import {
  sayFound,
  verdictOf,
  type PartResult,
  type SweepPart,
  type SweepResult,
} from "@/lib/areas/drift/domain/sweep-result";
import { sayDuration, sayMinutes } from "@/lib/kernel/words/durations";
import { sayCount } from "@/lib/kernel/words/quantities";

type SignWords = { tone: SignTone; icon: IconName; says: string };

export const partNames: Readonly<Record<SweepPart, string>> = {
  drift: "Regressions",
  budget: "Drift budget",
  past_sla: "Past SLA",
  audit: "Audit of the run registry",
};

/** The verdict of the whole. `isOld`: it was so once, and says nothing of now. */
export function signOf(result: SweepResult, isOld: boolean): SignWords {
  const verdict = verdictOf(result);
  const says = { ok: "Nothing found", found: "Something was found", unknown: "Not everything could be looked at" }[
    verdict
  ];
  if (isOld) return { tone: "amber", icon: "clock", says: `Not known now; then: ${says.toLowerCase()}` };
  if (verdict === "ok") return { tone: "green", icon: "check", says };
  return verdict === "found" ? { tone: "red", icon: "alert", says } : { tone: "amber", icon: "unknown", says };
}

export function signOfPart(name: SweepPart, { verdict, count }: PartResult): SignWords {
  if (verdict === "ok") return { tone: "green", icon: "check", says: "Nothing found" };
  return verdict === "found"
    ? { tone: "red", icon: "alert", says: `${sayFound(name, count)} found` }
    : { tone: "amber", icon: "unknown", says: "Could not be looked at" };
}

/** As many sentences of a part as its panel shows: what drift and queue hold now, their own places show whole. */
const shown = 3;

/** The first of its sentences, and how many found ones are not among them. */
export function preparePart(
  name: SweepPart,
  { count, says }: PartResult,
): { says: readonly string[]; more: string | null } {
  const first = says.slice(0, shown);
  const left = count - first.length;
  return { says: first, more: name !== "budget" && left > 0 ? `and ${sayCount(left)} more` : null };
}

export const sayBy = (name: string | null): string => (name === null ? "on schedule" : `by ${name}`);

/** When the next one comes by itself. */
export function sayDue(dueAt: string, everyMinutes: number, now: number): string {
  const left = Date.parse(dueAt) - now;
  const every = `every ${sayMinutes(everyMinutes)}`;
  return left > 0 ? `${every}, the next in ${sayDuration(left)}` : `${every}, the next one is due now`;
}
