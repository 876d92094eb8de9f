import { heldByAnother, isActive, type Escalation } from "./escalation";

/** Acts that are done to many items at once. */
export const bulkActs = ["claim", "assign", "resolve"] as const;
export type BulkAct = (typeof bulkActs)[number];

/** Why an item stays as it is: it is closed, a colleague has claimed it, or whoever claims it has it already. */
export type WhyStays = "closed" | "held" | "yours";

/** Which of those acts would leave an item as it stands, and why; null: none would. */
export type Stays = Readonly<Partial<Record<BulkAct, WhyStays>>> | null;

const closed: Stays = { claim: "closed", assign: "closed", resolve: "closed" };
const held: Stays = { claim: "held", resolve: "held" };
const yours: Stays = { claim: "yours" };

/** What an item's state alone says of the acts of one person; their rights are the path's. */
export function staysOf(item: Pick<Escalation, "status" | "claimedById">, personId: string | null): Stays {
  if (!isActive(item.status)) return closed;
  if (heldByAnother(item, personId)) return held;
  return item.claimedById === null ? null : yours;
}
