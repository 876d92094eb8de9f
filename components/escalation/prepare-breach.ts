import type { Me } from "@/components/act/form-values";
import type { EscalationDetail, QueueSummary } from "@/lib/areas/escalation/contract";
import { decideSignOff } from "@/lib/areas/escalation/domain/transitions";
import { sayRejection } from "@/lib/areas/escalation/words";
import { sayCount } from "@/lib/kernel/words/quantities";
import { asItem } from "./prepare";

/** The name of the breaches' tab: with the figure where it is known, without one where it is not. */
export const sayBreachesTab = (summary: Pick<QueueSummary, "breaches"> | undefined): string => (summary ? `Breaches ${sayCount(summary.breaches)}` : "Breaches");

/** Why the breach as it now is cannot be signed off, in a sentence; null when it can. By the domain's own rule. */
export function saySignOffBlocked(detail: EscalationDetail, me: Me, now: number): string | null {
  const decided = decideSignOff(asItem(detail), { personId: me.id, now: new Date(now), note: "asked for in the form" });
  if (decided.ok) return null;
  const by = detail.signedOffBy;
  if (by?.id === me.id) return "You have signed this breach off already.";
  return sayRejection(decided.rejection, by ? { [by.id]: by.name } : {});
}
