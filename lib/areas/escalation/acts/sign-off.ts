import "server-only";
import { decideSignOff } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { isMine, itemAct, sayRefused, text } from "./item-act";

/** The accountable role has seen that an item missed its SLA. */
export const signOffBreach = itemAct({
  action: "escalation.sign-off",
  title: "Sign off",
  called: "Sign off the breach",
  fields: { note: text({ called: "The note", limit: limits.note, label: "Note on the breach", rows: 2 }) },
  form: {
    label: "Sign off this breach",
    submit: ["Sign off the breach", "Signing off…"],
    consequence: ({ item }) =>
      `Takes this breach out of the Product Owner's list.${item.closedAt ? "" : " The item itself stays open."} The note stays in the audit trail.`,
  },
  fits: ({ item }) => item.breachedAt !== null && item.signedOffById === null,
  isFirst: (facts) => !isMine(facts),
  blocked: (facts) =>
    facts.item.signedOffById === facts.me.personId
      ? "You have signed this breach off already."
      : sayRefused(decideSignOff(facts.item, { ...facts.me, note: "" }), facts),
  does: ({ note }) => ({
    decide: (item, by) => decideSignOff(item, { ...by, note }),
    says: () => ({ signedOff: true, note }),
    settles: "sign-off",
  }),
  timeline: (after) => ({ kind: "signed-off", says: "Signed the breach off", text: textOf(after.note) }),
});
