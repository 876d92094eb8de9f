import type { DutyView } from "@/lib/areas/duty/contract";
import { theRole } from "@/lib/kernel/words/roles";
import { roleNames } from "@/lib/model/roles";

type Duty = DutyView[number];

/** The badge: "On duty as Operator", "Off duty". */
export function sayBadge(duties: DutyView, meId: string): string {
  const mine = duties.filter(({ person }) => person?.id === meId).map(({ role }) => roleNames[role]);
  return mine.length ? `On duty as ${mine.join(", ")}` : "Off duty";
}

export type DutyOffer = { act: "take" | "leave"; button: string; consequence: string };

/** What this person may do about one role's duty, and what it does; null: it is not a role of theirs. */
export function offerOf(
  { role, person, holders }: Pick<Duty, "role" | "person" | "holders">,
  meId: string,
): DutyOffer | null {
  if (!holders.some(({ id }) => id === meId)) return null;
  const name = roleNames[role];
  if (person?.id === meId)
    return {
      act: "leave",
      button: "Go off duty",
      consequence: `New items for ${theRole(role)} go to the backup role, or to everybody who is ${name}.`,
    };
  if (person)
    return {
      act: "take",
      button: `Take over from ${person.name}`,
      consequence: `New items for ${theRole(role)} go to you; ${person.name} goes off duty. Items that are routed already stay where they are.`,
    };
  return { act: "take", button: `Go on duty as ${name}`, consequence: `New items for ${theRole(role)} go to you.` };
}

/** Why nobody is named as on duty. */
export const sayNobody = ({ holders }: Pick<Duty, "holders">): string =>
  holders.length ? "nobody is on duty" : "nobody holds this role";
