import "server-only";
import { decideRelease } from "@/lib/areas/escalation/domain/transitions";
import { isOpen, itemAct } from "./item-act";

/** A claimed item goes back to the queue. */
export const releaseEscalation = itemAct({
  action: "escalation.release",
  title: "Release",
  button: { words: ["Release to the queue", "Releasing…"] },
  fits: isOpen,
  suits: ({ item }) => item.claimedById !== null,
  does: () => ({ decide: decideRelease }),
  timeline: () => ({ kind: "released", says: "Gave the item back to the queue" }),
});
