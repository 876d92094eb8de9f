import "server-only";
import { decidedTells, endings } from "@/lib/areas/override/domain/tells";
import { decideDenial } from "@/lib/areas/override/domain/transitions";
import { byDecider, reasons, tellDecision } from "./deciding";
import { isRequest, overrideAct, whenDecided } from "./override-act";

/** Denies, with a reason; the escalation stays as it is. */
export const denyOverride = overrideAct({
  act: "deny",
  action: "override.decide",
  title: "Deny",
  // Said with the approval.
  called: null,
  right: "decide",
  fields: reasons,
  form: {
    label: "Deny this override",
    submit: ["Deny", "Denying…"],
    consequence: "Nothing passes. Who asked is told, with your reason; the escalation stays open.",
  },
  fits: isRequest,
  blocked: whenDecided,
  by: byDecider,
  does: ({ note, withoutConsultation }) => ({
    keepsContent: true,
    decide: (override, by) => decideDenial(override, { ...by, note, withoutConsultation }),
    says: (next) => ({ note, forId: next.decidedForId, withoutConsultation: next.withoutConsultation }),
    tells: decidedTells,
    settles: endings.decision,
  }),
  timeline: tellDecision,
});
