import type { EscalationDetail, ReachView, RelatedItem, RouteView } from "@/lib/areas/escalation/contract";
import type { PersonRef } from "@/lib/kernel/contract";
import { theRole } from "@/lib/kernel/words/roles";
import { ownership } from "@/lib/model/ownership";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { roleNames } from "@/lib/model/roles";

const named = (people: readonly PersonRef[]): string => people.map(({ name }) => name).join(", ");

/** "the Operator on duty, Olga Operator"; "everybody who is Tech Lead (Theo, Tia), as none of them is on duty"; "no Stakeholder: nobody holds that role". */
export function sayReach({ role, onDuty, people }: Pick<ReachView, "role" | "onDuty" | "people">): string {
  const name = roleNames[role];
  if (people.length === 0) return `no ${name}: nobody holds that role`;
  if (onDuty) return `${theRole(role)} on duty, ${named(people)}`;
  return `everybody who is ${name} (${named(people)}), as nobody is on duty as it`;
}

/** Who hears of an item: "Operator: Olga Operator, on duty". */
export function sayHears({ role, onDuty, people }: Pick<ReachView, "role" | "onDuty" | "people">): string {
  const name = roleNames[role];
  if (people.length === 0) return `${name}: nobody holds that role`;
  return `${name}: ${named(people)}, ${onDuty ? "on duty" : "nobody on duty"}`;
}

/** Several, as one phrase: "…; …; and …". */
export const sayReaches = (reaches: readonly ReachView[]): string => {
  const said = reaches.map(sayReach);
  return said.length > 1 ? `${said.slice(0, -1).join("; ")}; and ${said.at(-1)}` : (said[0] ?? "nobody");
};

/** Where the item went when it opened: the domain's owner role, or its backup, and that it is the backup. */
export function sayRoute({ role, person, backup, standsInFor }: RouteView, path: EscalationPath): string {
  const domain = ownership[paths[path].domain];
  if (backup && person)
    return `${domain.name}: nobody was on duty as ${roleNames[standsInFor ?? domain.owner]}, so it went to the backup, ${roleNames[role]} ${person.name}`;
  if (person) return `${domain.name}: ${roleNames[role]} ${person.name}, on duty when it opened`;
  return `${domain.name}: nobody was on duty, so it went to everybody who is ${roleNames[role]}`;
}

type Next = NonNullable<EscalationDetail["comesNext"]>;

/** What happens at the instant that `comesNext` names, and whom it would reach at this moment; goes on after "At 14:05 ". */
export function sayComesNext(
  { what, clock, level, reaches }: Next,
  { level: now, claimedBy }: Pick<EscalationDetail, "level" | "claimedBy">,
): string {
  const whom = `It would reach ${sayReaches(reaches)}.`;
  if (what === "return-claim")
    return `the claim of ${claimedBy?.name ?? "its holder"} returns to the queue, unless they do something. ${whom}`;
  const rises = level > now ? `, and the item rises to level ${level}` : "";
  if (what === "raise") return `the next step is due, “${clock ?? "raise it"}”${rises}. ${whom}`;
  const missed = `the SLA clock “${clock ?? "resolve"}” is missed${rises}.`;
  return reaches.length
    ? `${missed} ${whom}`
    : `${missed} It reaches nobody more; it waits for the sign-off as a breach.`;
}

/** Whether the next step is still ahead at `now`; one whose instant has come is being taken, so it is no longer announced. */
export const isAhead = ({ comesNext }: Pick<EscalationDetail, "comesNext">, now: number): boolean =>
  comesNext !== null && now < Date.parse(comesNext.at);

const reasons: Record<RelatedItem["because"][number], string> = {
  run: "the same run",
  owner: "the same owner",
  reason: "the same reason",
};

/** "the same run, the same reason" */
export const sayRelated = ({ because }: Pick<RelatedItem, "because">): string =>
  because.map((why) => reasons[why]).join(", ");
