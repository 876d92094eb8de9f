import type { EscalationDetail, QueueSummary } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { decideSignOff } from "@/lib/domain/escalation/transitions";
import { sayCount } from "@/lib/format/quantities";
import { sayRejection } from "@/lib/format/rejections";
import { asItem, judgeText, type Me } from "./prepare";

/** The name of the breaches' tab: with the figure where it is known, without one where it is not. */
export const sayBreachesTab = (summary: Pick<QueueSummary, "breaches"> | undefined): string => (summary ? `Breaches ${sayCount(summary.breaches)}` : "Breaches");

/** Whether the next step of the clocks is still ahead at `now`; a step whose instant has come is being taken, so it is no longer announced. */
export const isAhead = ({ status, comesNext }: Pick<EscalationDetail, "status" | "comesNext">, now: number): boolean =>
  comesNext !== null && isActive(status) && now < Date.parse(comesNext.at);

/** Why the breach as it now is cannot be signed off, in a sentence; null when it can. By the domain's own rule. */
export function saySignOffBlocked(detail: EscalationDetail, me: Me, now: number): string | null {
  const decided = decideSignOff(asItem(detail), { personId: me.id, now: new Date(now), note: "asked for in the form" });
  if (decided.ok) return null;
  const by = detail.signedOffBy;
  if (by?.id === me.id) return "You have signed this breach off already.";
  return sayRejection(decided.rejection, by ? { [by.id]: by.name } : {});
}

/** What is wrong with the note of a sign-off, as the server would say it; null when nothing is. */
export const signOffProblem = (note: string): string | null => judgeText(note, "The note", 4000);
