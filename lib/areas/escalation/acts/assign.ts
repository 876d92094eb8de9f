import "server-only";
import { assignedTell } from "@/lib/areas/escalation/domain/tells";
import { decideAssign } from "@/lib/areas/escalation/domain/transitions";
import { textOf } from "@/lib/kernel/chain/timeline";
import { CockpitError } from "@/lib/kernel/errors";
import { findActor } from "@/lib/kernel/session/find-actor";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { isMine, isOpen, itemAct, person, whenClosed, type ItemFacts } from "./item-act";

/** Gives items to a colleague, who is told. Refused for somebody who could not claim such an item. */
export const assignEscalation = itemAct({
  action: "escalation.assign",
  title: "Assign",
  key: { letter: "a", says: "Assign the row, the item or what is selected" },
  fields: {
    toId: person({
      label: "To",
      missing: "Choose a colleague.",
      people: (facts) =>
        othersOf(facts).map(({ id, name }) => {
          const isMe = id === facts.me.personId;
          return {
            id,
            name: isMe ? `${name} (you)` : name,
            consequence: sayGiven(isMe ? "You hold the item then" : `${name} holds the item then, and is told`, facts),
          };
        }),
    }),
  },
  form: {
    label: "Assign this item",
    submit: ["Assign", "Assigning…"],
    consequence: (facts) => sayGiven("Whoever you choose holds the item then, and is told", facts),
  },
  done: "The item is assigned.",
  fits: isOpen,
  suits: (facts) => othersOf(facts).length > 0,
  blocked: whenClosed,
  does: async ({ toId }) => {
    const to = await findActor(toId);
    const mayClaim = (path: EscalationPath) =>
      to !== null && decide(operatingModel, "escalation.claim", to, path).allowed;
    return {
      decide: (item, { now, quietMinutes }) => {
        if (!to)
          throw new CockpitError("INVALID", "There is no such colleague, or they may not sign in any more.", {
            toId: "Choose a colleague.",
          });
        if (!mayClaim(item.path)) return { ok: false, rejection: { why: "not-theirs-to-do", byId: to.id } };
        return decideAssign(item, { toId: to.id, now, quietMinutes });
      },
      says: () => ({ toId, to: to?.name ?? null }),
      tells: (next) => [assignedTell(toId, paths[next.path].activity)],
      settles: "assign",
    };
  },
  timeline: ({ to }) => ({ kind: "assigned", says: `Gave the item to ${textOf(to) || "a colleague"}` }),
});

const othersOf = ({ item, colleagues }: ItemFacts) => colleagues.filter(({ id }) => id !== item.claimedById);

function sayGiven(whom: string, facts: ItemFacts): string {
  const from = facts.shown.claimedBy;
  return [`${whom}.`, from && (isMine(facts) ? "Your claim ends." : `The claim of ${from.name} ends.`)]
    .filter(Boolean)
    .join(" ");
}
