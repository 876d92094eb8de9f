import "server-only";
import { decideClaim } from "@/lib/areas/escalation/domain/transitions";
import { saySubject } from "@/lib/kernel/words/subjects";
import { isMine, isOpen, itemAct } from "./item-act";

/** "I work on this." Said again by who holds it, it holds longer. Acknowledges the item for all who were asked to act. */
export const claimEscalation = itemAct({
  action: "escalation.claim",
  title: "Claim",
  key: { letter: "c", says: "Claim the row, the item or what is selected" },
  button: {
    words: (facts) => (isMine(facts) ? ["Keep the claim", "Keeping…"] : ["Claim", "Claiming…"]),
    back: "release",
  },
  done: (facts) => (isMine(facts) ? null : `You claimed ${saySubject(facts.item.subject)}.`),
  fits: isOpen,
  suits: (facts) => facts.item.claimedById === null || isMine(facts),
  does: () => ({ decide: decideClaim, settles: "claim" }),
  timeline: () => ({ kind: "claimed", says: "Claimed the item" }),
});
