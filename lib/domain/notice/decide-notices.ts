import { reach, type Roster, type RosterPerson, type Route } from "../duty/roster";
import type { Escalation } from "../escalation/escalation";
import { paths } from "../escalation/paths";
import type { OperatingModel } from "../operating-model/model";
import { ownership } from "../operating-model/ownership";
import { roles as allRoles, type Letter, type Role } from "../operating-model/roles";
import { kindOfLetter, noticeKinds, type NoticeKind, type Step, type Tell } from "./steps";
import { isUrgent } from "./window";

export type NewNotice = {
  personId: string;
  step: Step;
  kind: NoticeKind;
  /** By which role and letter, on which activity, the person hears of it. */
  role: Role;
  letter: Letter;
  activity: Tell["activity"];
  /** The owner role that this person stands in for as its backup. */
  standsInFor: Role | null;
  /** Never held back. */
  urgent: boolean;
  /** Like notices of one person are shown as one. */
  foldKey: string;
};

type Facts = {
  item: Pick<Escalation, "path" | "severity" | "owner" | "reason">;
  model: OperatingModel;
  roster: Roster;
  /** Where a new item went; null for everything but its opening. */
  route: Route | null;
  /** Who did it knows it; but a breach waits for its sign-off, whoever acted. */
  exceptId: string | null;
};

/**
 * Who is told what, from the matrix alone: a role hears by its letter on the tell's activity; of a role, who is on duty as it, else
 * everybody who holds it. One person is told one thing once, by their strongest claim; what says more stands for what says less: whom a
 * new item is raised to is not also told that it opened, and whom a breach waits for not also that the clock ran out. The person a new
 * item was routed to hears of it in any case.
 */
export function decideNotices(tells: readonly Tell[], facts: Facts): NewNotice[] {
  const told = new Map<string, NewNotice>();
  for (const tell of tells) {
    for (const notice of noticesOf(tell, facts)) {
      const key = `${notice.personId} ${notice.step}`;
      const before = told.get(key);
      if (!before || rank(notice) < rank(before)) told.set(key, notice);
    }
  }
  const all = [...told.values()];
  const people = (about: (step: Step) => boolean) => new Set(all.flatMap(({ step, personId }) => (about(step) ? [personId] : [])));
  const raised = people((step) => step.startsWith("raised-"));
  const breached = people((step) => step === "breach");
  const saysLess = ({ step, personId }: NewNotice) => (step === "opened" && raised.has(personId)) || (step.startsWith("missed-") && breached.has(personId));
  return all.filter((notice) => (notice.personId !== facts.exceptId || notice.step === "breach") && !saysLess(notice));
}

const rank = ({ kind, standsInFor }: NewNotice): number => noticeKinds.indexOf(kind) * 2 + (standsInFor ? 0 : 1);

function noticesOf({ step, activity, to }: Tell, { item, model, roster, route }: Facts): NewNotice[] {
  const row = model.matrix[activity];
  const foldKey = [step, item.path, item.owner ?? "", item.reason].join("\n");
  const tell = (person: RosterPerson, role: Role, standsInFor: Role | null = null): NewNotice => ({
    personId: person.id, step, kind: kindOfLetter[row[role]], role, letter: row[role], activity, standsInFor, urgent: isUrgent(step, item), foldKey,
  });
  if ("personId" in to) {
    const person = roster.find(({ id }) => id === to.personId);
    const role = person && strongest(person.roles, row);
    return person && role ? [tell(person, role)] : [];
  }
  const roles = "roles" in to ? to.roles : allRoles.filter((role) => to.letters.includes(row[role]));
  const byRole = roles.flatMap((role) => reach(role, roster).people.map((person) => tell(person, role)));
  const routed = step === "opened" && route?.personId ? roster.find(({ id }) => id === route.personId) : undefined;
  return routed && route ? [...byRole, tell(routed, route.role, route.backup ? ownership[paths[item.path].domain].owner : null)] : byRole;
}

const strength: readonly Letter[] = ["A", "R", "C", "I"];

function strongest(held: readonly Role[], row: Readonly<Record<Role, Letter>>): Role | undefined {
  return allRoles.filter((role) => held.includes(role)).sort((a, b) => strength.indexOf(row[a]) - strength.indexOf(row[b]))[0];
}
