import type { Outcome, Status } from "@/lib/areas/escalation/domain/escalation";
import type { Rejection } from "@/lib/areas/escalation/domain/transitions";

const closedAs: Record<Status, string> = {
  open: "open",
  claimed: "claimed",
  resolved: "resolved",
  overridden: "overridden",
  cancelled: "cancelled",
  recovered: "closed, because what it was about ended by itself",
};

/** One sentence a refused transition is told with. `names` are people's names by id; a person it does not know is "A colleague". */
export function sayRejection(rejection: Rejection, names: Readonly<Record<string, string>>): string {
  const known = (id: string) => (Object.hasOwn(names, id) ? names[id] : undefined);
  const who = (id: string) => known(id) ?? "A colleague";
  switch (rejection.why) {
    case "already-closed":
      return `This item is already ${closedAs[rejection.status]}${rejection.byId ? `, by ${known(rejection.byId) ?? "a colleague"}` : ""}.`;
    case "already-claimed":
      return `${who(rejection.byId)} has claimed this item already.`;
    case "claimed-by-another":
      return `${who(rejection.byId)} works on this item; it is theirs to resolve until it is released.`;
    case "not-claimed":
      return "Nobody has claimed this item, so there is nothing to release.";
    case "no-breach":
      return "This item has missed no SLA, so there is no breach to sign off.";
    case "already-signed-off":
      return `${who(rejection.byId)} has signed this breach off already.`;
    case "nothing-to-find":
      return "Items of this path ask for no finding; write a comment.";
    case "not-theirs-to-do":
      return `${who(rejection.byId)} holds no role that works on such an item.`;
    case "not-lost":
      return "This item's record is not gone from thegent's file, so there is nothing to add again.";
    case "still-open":
      return "This item is open, so there is nothing to reopen.";
    case "late-cause-missing":
      return "This item is past its SLA: say what caused the lateness.";
  }
}

export const lateCauseHint = "It missed an SLA clock: what kept it waiting?";

/** What the explanation beside each outcome says, of a run or of anything else. */
export const outcomeMeans = (ofRun: boolean): Record<Outcome, string> => ({
  unblocked: ofRun ? "The cause is gone; the run may go on." : "The cause is gone; things are as they should be.",
  rejected: ofRun ? "The run must not go on as it is." : "It was not one, or it needs no action.",
  duplicate: "Another item stands for the same thing.",
  superseded: "Something newer has taken its place.",
});
