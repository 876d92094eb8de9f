import "server-only";
import { decideComment } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { isConsulted } from "@/lib/model/roles";
import { isOpen, itemAct, text, whenClosed } from "./item-act";

/** Recorded advice: it answers the consultation of the role that gives it. */
export const adviseEscalation = itemAct({
  action: "escalation.advise",
  title: "Advise",
  fields: { text: text({ called: "The advice", limit: limits.advice, label: "Advice", rows: 3 }) },
  form: {
    label: "Give advice",
    submit: ["Give this advice", "Giving…"],
    consequence:
      "It stays in the audit trail as the advice of your role, and answers what was asked of it. It decides nothing.",
  },
  done: "Your advice is given.",
  fits: isOpen,
  // Who does or decides it writes a comment; advice is what is asked of the consulted.
  suits: (_, letter) => isConsulted(letter),
  blocked: whenClosed,
  does: ({ text: words }) => ({ decide: decideComment, says: () => ({ text: words }), settles: "advise" }),
  timeline: (after) => ({ kind: "advised", says: "Gave advice", text: textOf(after.text) }),
});
