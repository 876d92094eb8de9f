/**
 * Glossary of duty
 *   roster    everybody who holds a role, and who of them is on duty as what
 *   on duty   a state people set; one person a role at a time
 *   route     who a new item goes to: the domain's owner role, or its backup when nobody of the owner role is on duty
 *   reach     whom a word to a role gets to: who is on duty as it; when nobody is, everybody who holds it
 */
import { ownership, type Domain } from "@/lib/model/ownership";
import type { Role } from "@/lib/model/roles";

export type RosterPerson = { id: string; name: string; roles: readonly Role[]; onDuty: readonly Role[] };
export type Roster = readonly RosterPerson[];

export type Route = {
  role: Role;
  /** The person on duty as that role; null when neither owner nor backup has anybody on duty. */
  personId: string | null;
  /** True: nobody of the owner role is on duty, so it went to the backup. Backup alone grants nothing. */
  backup: boolean;
};

const onDutyAs = (roster: Roster, role: Role): RosterPerson | undefined =>
  roster.find((person) => person.onDuty.includes(role) && person.roles.includes(role));

/** Section 3: who a new item of this domain goes to at this moment. */
export function route(domain: Domain, roster: Roster): Route {
  const { owner, backup } = ownership[domain];
  const first = onDutyAs(roster, owner);
  if (first) return { role: owner, personId: first.id, backup: false };
  const second = onDutyAs(roster, backup);
  return second ? { role: backup, personId: second.id, backup: true } : { role: owner, personId: null, backup: false };
}

/** Whom a word to this role gets to. A silence is never the answer while somebody holds the role. */
export function reach(role: Role, roster: Roster): { people: Roster; onDuty: boolean } {
  const person = onDutyAs(roster, role);
  return person
    ? { people: [person], onDuty: true }
    : { people: roster.filter(({ roles }) => roles.includes(role)), onDuty: false };
}
