import "server-only";
import { decideComment } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { isMine, itemAct, text } from "./item-act";

/** A word on an item, kept in the chain for ever; the holder's keeps the claim. */
export const commentEscalation = itemAct({
  action: "escalation.comment",
  title: "Comment",
  fields: { text: text({ called: "The comment", limit: limits.comment, label: "Comment", rows: 3 }) },
  form: {
    label: "Write a comment",
    submit: ["Write the comment", "Writing…"],
    consequence: (facts) =>
      `It stays in the audit trail, under your name${isMine(facts) ? ", and keeps your claim" : ""}.`,
  },
  done: "Your comment is written.",
  fits: () => true,
  does: ({ text: words }) => ({ decide: decideComment, says: () => ({ text: words }) }),
  timeline: (after) => ({ kind: "commented", says: "Commented", text: textOf(after.text) }),
});
