import "server-only";
import { decideCancel } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { closingText, isWaiting, lateCause, writeBack } from "./closing";
import { isOpen, itemAct, sayRefused, text } from "./item-act";

/** Closes an item that should not be there; thegent is told so, too. */
export const cancelEscalation = itemAct({
  action: "escalation.cancel",
  title: "Cancel",
  fields: {
    note: text({ called: "The note", limit: limits.note, label: "Why it is cancelled", rows: 2 }),
    lateCause: lateCause(),
  },
  form: {
    label: "Cancel this item",
    submit: ["Cancel the item", "Cancelling…"],
    consequence: ({ item, shown }) => {
      const records =
        item.runId !== null && shown.records.some(isWaiting)
          ? " thegent's own records of the run are closed with it, as “cancelled”."
          : "";
      return `Closes this item without an outcome: it should not be there, or is nobody's to solve any more.${records}`;
    },
  },
  fits: isOpen,
  blocked: (facts) => sayRefused(decideCancel(facts.item, { ...facts.me, note: "", lateCause: "asked for" }), facts),
  does: (why) => ({
    decide: (item, by) => decideCancel(item, { ...by, ...why }),
    says: ({ note, lateCause: cause }) => ({ note, lateCause: cause }),
    settles: "close",
    also: writeBack,
  }),
  timeline: (after) => ({ kind: "cancelled", says: "Cancelled the item", text: closingText(after) }),
});
