import { hasSubstance } from "@/lib/areas/override/domain/override";
import { limits } from "@/lib/areas/override/limits";
import type { Limit } from "@/lib/kernel/limits";
import { readableLength } from "@/lib/kernel/words/text";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { leastSeconds } from "@/lib/model/limits";
import { saySeconds } from "./prepare";

/** Validities that are chosen with one press; those above the most are left out. */
export const presets = [900, 3600, 28_800, 86_400] as const;
const usualSeconds = 3600;

/** What the form begins with: an hour, or the most where that is less. */
export const firstSeconds = (most: number): string => String(Math.min(usualSeconds, most));

const { least, most: longest } = limits.justification;

/** How far a justification is from what is asked for, while it is typed. */
export function sayJustificationCount(text: string): string {
  const count = readableLength(text);
  if (count < least) return `${count} of at least ${least} characters.`;
  return hasSubstance(text)
    ? `${count} characters.`
    : `${count} characters, but they say nothing: give the reason in words.`;
}

export function judgeJustification(text: string): string | undefined {
  const trimmed = text.trim();
  if (readableLength(trimmed) < least) return `The justification needs at least ${least} characters.`;
  if (!hasSubstance(trimmed)) return "The justification says nothing: give the reason in words.";
  return trimmed.length > longest ? `The justification has more than ${longest} characters.` : undefined;
}

export function judgeSeconds(text: string, most: number): string | undefined {
  const seconds = Number(text);
  if (text.trim() === "" || Number.isNaN(seconds)) return "The validity is missing.";
  if (!Number.isInteger(seconds)) return "The validity must be a whole number of seconds.";
  if (seconds < leastSeconds) return `The validity is at least ${saySeconds(leastSeconds)}.`;
  return seconds > most ? `The validity is at most ${saySeconds(most)}.` : undefined;
}

export function judgeLine(text: string, called: string, { most: max }: Limit): string | undefined {
  const { length } = text.trim();
  if (readableLength(text) === 0) return `${called} is missing.`;
  return length > max ? `${called} has more than ${max} characters.` : undefined;
}

/** The validity that is typed, in words; nothing for what is no whole number. */
export function saySecondsTyped(text: string): string {
  const seconds = Number(text);
  return text.trim() !== "" && Number.isInteger(seconds) && seconds > 0 ? `That is ${saySeconds(seconds)}.` : "";
}

/** What asking will do, in sentences. `asker`: nothing more is known of them than that they never decide it. */
export function sayRequestConsequence(owner: string, seconds: string): string {
  const whom = owner ? `runs of ${visibleText(owner)}` : "runs of this owner";
  const time = Number.isInteger(Number(seconds)) && Number(seconds) > 0 ? ` for ${saySeconds(Number(seconds))}` : "";
  return `Nothing passes yet. Security/Compliance is asked for advice and the Product Owner to decide, never you; once approved, all ${whom}, on any rule, lane or agent, pass policy${time}.`;
}
