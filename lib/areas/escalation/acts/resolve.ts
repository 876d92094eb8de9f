import "server-only";
import { outcomes, thegentWordFor, type Outcome } from "@/lib/areas/escalation/domain/escalation";
import { decideResolve } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { outcomeMeans } from "@/lib/areas/escalation/words";
import { textOf } from "@/lib/kernel/chain/timeline";
import { sayMany } from "@/lib/kernel/words/quantities";
import { saySubject } from "@/lib/kernel/words/subjects";
import { closingText, isWaiting, lateCause, writeBack } from "./closing";
import { choice, isOpen, itemAct, sayRefused, text, type ItemFacts } from "./item-act";

/** Closes items here, and notes in the same transaction that thegent must take it up. */
export const resolveEscalation = itemAct({
  action: "escalation.resolve",
  title: "Resolve",
  key: { letter: "r", says: "Resolve the row, the item or what is selected" },
  fields: {
    outcome: choice({ values: outcomes, label: "Outcome", missing: "Choose an outcome.", options: meanings }),
    note: text({
      called: "The note",
      limit: limits.note,
      label: "Note",
      rows: 3,
      hint: "What was found and done. It stays in the audit trail.",
    }),
    lateCause: lateCause(({ item }) =>
      item.signedOffById ? "" : " The breach then waits for the Product Owner’s sign-off.",
    ),
  },
  form: {
    label: "Resolve this item",
    submit: ["Resolve", "Resolving…"],
    consequence: (facts) => sayCloses(facts, null),
  },
  fits: isOpen,
  // By the rule itself, so that a colleague's decision is told before anything is pressed. Lateness does not block: the form asks for its cause.
  blocked: (facts) =>
    sayRefused(
      decideResolve(facts.item, { ...facts.me, outcome: "unblocked", note: "", lateCause: "asked for" }),
      facts,
    ),
  does: (resolution) => ({
    decide: (item, by) => decideResolve(item, { ...by, ...resolution }),
    says: ({ outcome, note, lateCause: cause }) => ({ outcome, note, lateCause: cause }),
    settles: "close",
    also: writeBack,
  }),
  timeline: (after) => ({
    kind: "resolved",
    says: `Resolved the item${after.outcome ? ` as “${textOf(after.outcome)}”` : ""}`,
    text: closingText(after),
  }),
});

function meanings(facts: ItemFacts): Record<Outcome, { says: string; consequence: string }> {
  const means = outcomeMeans(facts.item.runId !== null);
  return Object.fromEntries(
    outcomes.map((outcome) => [outcome, { says: means[outcome], consequence: sayCloses(facts, outcome) }]),
  ) as ReturnType<typeof meanings>;
}

/** What pressing "Resolve" will do, in a sentence. */
function sayCloses({ item: { runId }, shown }: ItemFacts, outcome: Outcome | null): string {
  if (runId === null) return "Closes this item.";
  const count = shown.records.filter(isWaiting).length;
  const word = outcome ? `as “${thegentWordFor[outcome]}” ` : "";
  if (count === 0)
    return `Closes this item. thegent's escalation_queue.jsonl holds no pending record of ${saySubject(runId)} any more.`;
  return `Closes this item and marks ${sayMany(count, "pending record")} of ${saySubject(runId)} ${word}in thegent's escalation_queue.jsonl.`;
}
