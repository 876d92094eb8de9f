import type { BeforeAfter, BlockView, EventRow, Sums } from "@/lib/areas/drift/contract-views";
import { sayDuration } from "@/lib/kernel/words/durations";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { sayPercent } from "./prepare";

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

const share = (count: number, of: number): string => sayPercent(of ? (count / of) * 100 : null);

/** The columns of before and since; each value is said beside how many it is taken of. */
export const measures: readonly { id: string; head: string; say: (sums: Sums) => string }[] = [
  { id: "lines", head: "Lines", say: ({ lines }) => sayCount(lines) },
  { id: "structural", head: "Structural", say: ({ structural, lines }) => share(structural, lines) },
  { id: "semantic", head: "Semantic", say: ({ semantic, lines }) => share(semantic, lines) },
  { id: "outputs", head: "Outputs", say: ({ outputs }) => sayCount(outputs) },
  { id: "plain", head: "Plain text", say: ({ fallbacks, outputs }) => share(fallbacks, outputs) },
  { id: "success", head: "Success", say: ({ successes, outputs }) => share(successes, outputs) },
  { id: "confidence", head: "Confidence", say: ({ confidence }) => confidence?.toFixed(2) ?? "–" },
];

/** "2.0 % → 18.0 %"; a side without a line is a dash. */
export const sayBoth = ({ before, after }: BeforeAfter, say: (sums: Sums) => string): string =>
  `${before ? say(before) : "–"} → ${after ? say(after) : "–"}`;

/** Budgets as the address has them; what cannot be read is thegent's own. */
export function budgetIn(text: string | null, otherwise: number): number {
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= 100 ? value : otherwise;
}
