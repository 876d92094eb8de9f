import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import type { Decision } from "@/lib/areas/drift/domain/review";
import { mostEvidence, waiverDays } from "@/lib/areas/drift/limits";
import { sayMany } from "@/lib/kernel/words/quantities";

/** The lines that are typed: numbers, in any order, once each; what is no number is left to `judgeLines`. */
export const linesOf = (text: string): number[] =>
  [...new Set(parts(text).map(Number).filter(isLine))].sort((a, b) => a - b);

const parts = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
const isLine = (line: number): boolean => Number.isInteger(line) && line >= 1 && line <= 2_147_483_647;

export function judgeLines(text: string): string | undefined {
  const wrong = parts(text).find((part) => !isLine(Number(part)));
  if (wrong) return `“${wrong.slice(0, 20)}” is no line: write their numbers, with a comma between.`;
  return linesOf(text).length > mostEvidence ? `At most ${mostEvidence} events are kept with a decision.` : undefined;
}

/** With a line more, or without it. */
export function toggled(text: string, line: number): string {
  const lines = linesOf(text);
  const next = lines.includes(line) ? lines.filter((one) => one !== line) : [...lines, line].sort((a, b) => a - b);
  return next.join(", ");
}

export function judgeDays(text: string): string | undefined {
  const days = Number(text);
  const { least, most } = waiverDays;
  if (text.trim() === "") return "Say for how many days.";
  return Number.isInteger(days) && days >= least && days <= most
    ? undefined
    : `Drift is accepted for ${least} to ${most} days.`;
}

export const decisionSays: Readonly<Record<Decision, string>> = {
  remediate: "Its cause is mended here; the episode ends once that is done.",
  adapter_change: "The contract’s adapter must change: the Product Owner decides that at once.",
  accept:
    "It may stay for a time, which is a change of a threshold: the Product Owner approves it, or nothing is accepted.",
  false_alarm: "It is no drift: the episode ends, and is looked at again in a day if the figures still find it.",
};

/** What deciding so will do, in a sentence. */
export function sayDecides(decision: string, days: string): string {
  switch (decision) {
    case "remediate":
      return "The clock “investigate” stops, and the episode is remediated from now on.";
    case "adapter_change":
      return "The item is raised to the Product Owner, who is told now and decides whether the adapter changes. Never you, whatever your roles.";
    case "accept":
      return `The Product Owner is asked to accept it for ${judgeDays(days) ? "a time" : sayMany(Number(days), "day")} from their approval on. Until then nothing is accepted; you never approve it yourself. At its end it returns, if it is still there.`;
    case "false_alarm":
      return "Closes this episode and its item as dismissed.";
    default:
      return "Choose what is done to see what that does. The decision stays in the audit trail.";
  }
}

/** What is to be done next, in a sentence. */
export function sayNext({ status, asks, holder, answer, decision, waiverEndedAt }: EpisodeDetail): string {
  if (asks === "adapter_change") return "The change of the adapter waits for the Product Owner.";
  if (asks === "accept")
    return "That it is accepted waits for the Product Owner’s approval; nothing is accepted until then.";
  switch (status) {
    case "detected":
      return "Somebody must investigate it.";
    case "investigating":
      return answer === "declined"
        ? "It was not accepted: decide anew what is done."
        : `${holder ? `${holder.name} investigates it; then it` : "Nobody holds it any more; it"} must be decided what is done.`;
    case "remediating":
      return decision === "adapter_change" && answer === "declined"
        ? "The change of the adapter was declined: remediate it otherwise, or decide anew."
        : "It is being remediated; say so once that is done.";
    case "accepted":
      return waiverEndedAt
        ? "The time for which it was accepted is over."
        : "It is accepted for a time. At its end it returns, if it is still there.";
    case "remediated":
      return "Nothing. The same drift returns as another episode if it is still found four hours after this ended.";
    case "dismissed":
      return "Nothing. The same drift returns as another episode if it is still found a day after this ended.";
    case "recovered":
      return "Nothing. It ended by itself, which is no remediation.";
  }
}
