import type { OperatingModel } from "@/lib/model/model";
import { roles as allRoles, type Letter, type Role } from "@/lib/model/roles";
import { reach, type Roster, type RosterPerson } from "./roster";
import { kindOfLetter, noticeKinds, type NoticeKind, type Step, type Tell } from "./steps";

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

/** What an area says of an item that is told about. */
export type About = {
  /** Notices of one step are shown as one where all of this is the same. */
  foldBy: readonly string[];
  /** Whether it may never be held back. */
  isUrgent: (step: Step) => boolean;
  /** Whether one person who is told `more` need not be told `less`. */
  standsFor: (more: Step, less: Step) => boolean;
  /** Whether it waits for whoever did it, too. */
  isToldToActor: (step: Step) => boolean;
};

/** Whom an item went to, and in whose place: they hear of this step in any case. */
export type Routed = { step: Step; personId: string; role: Role; standsInFor: Role | null };

type Facts = {
  about: About;
  model: OperatingModel;
  roster: Roster;
  routed: Routed | null;
  /** Who did it knows it. */
  exceptId: string | null;
};

/**
 * Who is told what, from the matrix alone: a role hears by its letter on the tell's activity; of a role, who is on duty as it, else
 * everybody who holds it. One person is told one thing once, by their strongest claim, and nothing that something else they are told stands
 * for. The person an item was routed to hears of it in any case.
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
  const { standsFor, isToldToActor } = facts.about;
  const saysLess = (less: NewNotice) =>
    all.some((more) => more.personId === less.personId && standsFor(more.step, less.step));
  return all.filter(
    (notice) => (notice.personId !== facts.exceptId || isToldToActor(notice.step)) && !saysLess(notice),
  );
}

const rank = ({ kind, standsInFor }: NewNotice): number => noticeKinds.indexOf(kind) * 2 + (standsInFor ? 0 : 1);

function noticesOf({ step, activity, to }: Tell, { about, model, roster, routed }: Facts): NewNotice[] {
  const row = model.matrix[activity];
  const foldKey = [step, ...about.foldBy].join("\n");
  const tell = (person: RosterPerson, role: Role, standsInFor: Role | null = null): NewNotice => ({
    personId: person.id,
    step,
    kind: kindOfLetter[row[role]],
    role,
    letter: row[role],
    activity,
    standsInFor,
    urgent: about.isUrgent(step),
    foldKey,
  });
  if ("personId" in to) {
    const person = roster.find(({ id }) => id === to.personId);
    const role = person && strongest(person.roles, row);
    return person && role ? [tell(person, role)] : [];
  }
  const roles = "roles" in to ? to.roles : allRoles.filter((role) => to.letters.includes(row[role]));
  const byRole = roles.flatMap((role) => reach(role, roster).people.map((person) => tell(person, role)));
  const person = routed?.step === step ? roster.find(({ id }) => id === routed.personId) : undefined;
  return person && routed ? [...byRole, tell(person, routed.role, routed.standsInFor)] : byRole;
}

const strength: readonly Letter[] = ["A", "R", "C", "I"];

function strongest(held: readonly Role[], row: Readonly<Record<Role, Letter>>): Role | undefined {
  return allRoles
    .filter((role) => held.includes(role))
    .sort((a, b) => strength.indexOf(row[a]) - strength.indexOf(row[b]))[0];
}
