import type { BlockView, EventRow } from "@/lib/areas/drift/contract-views";
import { sayDuration } from "@/lib/kernel/words/durations";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";

/** What lines like those of the last day would do about the block. */
export function sayLift({ pace, atPace }: Pick<BlockView, "pace" | "atPace">): string {
  if (pace.lines === 0) return "No line came within the last day, so it does not lift by itself.";
  const like = `With lines as in the last day (${sayMany(pace.lines, "line")}, their drift among them)`;
  return atPace === null
    ? `${like} it does not lift: they alone are over the budget.`
    : `${like} it lifts after ${sayMany(atPace.lines, "line")}, ${sayCount(atPace.good)} of them good: in about ${sayDuration(atPace.milliseconds)}.`;
}

/** What a line is, in a word or two. */
export function sayKind({
  drift,
  isOutput,
  fallback,
  success,
}: Pick<EventRow, "drift" | "isOutput" | "fallback" | "success">): string {
  const what = isOutput ? (success ? "output, fine" : "output, not fine") : "report";
  return [drift && `${drift} drift`, what, fallback && "read as plain text"].filter(Boolean).join(", ");
}

/** Budgets as the address has them; what cannot be read is thegent's own. */
export function budgetIn(text: string | null, otherwise: number): number {
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= 100 ? value : otherwise;
}
