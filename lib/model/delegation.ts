import { mostDelegationDays } from "./limits";
import { ownership } from "./ownership";
import type { Role } from "./roles";

/** Who is accountable lets a named person of the domain's backup role decide in their place, from–to. A delegate cannot delegate. */
export type Delegation = { id: string; fromId: string; toId: string; from: Date; until: Date; endedAt: Date | null };

/** Overrides are governance's. */
export const backupRole: Role = ownership.governance.backup;
export const ownerRole: Role = ownership.governance.owner;

/** Holds at its first instant, and no more at its last. */
export const holds = ({ from, until, endedAt }: Delegation, now: Date): boolean =>
  from <= now && now < (endedAt && endedAt < until ? endedAt : until);

/** A person with their roles at this moment. */
export type Holder = { id: string; roles: readonly Role[] };

/**
 * The delegation by which this person may decide now on what `requestedById` asked for; both must still hold the roles that the rule names.
 * Of several, one from somebody else than who asked: in their place nobody decides.
 */
export function delegationOf(
  person: Holder,
  delegations: readonly Delegation[],
  people: ReadonlyMap<string, Holder>,
  now: Date,
  requestedById: string | null,
): Delegation | null {
  if (!person.roles.includes(backupRole)) return null;
  const theirs = delegations.filter(
    (one) => one.toId === person.id && holds(one, now) && (people.get(one.fromId)?.roles.includes(ownerRole) ?? false),
  );
  return theirs.find(({ fromId }) => fromId !== requestedById) ?? theirs[0] ?? null;
}

export type DelegationRejection = { why: "not-accountable" | "not-backup" | "oneself" | "no-time" | "too-long" };

/** Whether this delegation may be made. Only who holds the accountable role themselves delegates; so a delegate cannot. */
export function decideDelegation(
  from: Holder,
  to: Holder,
  span: { from: Date; until: Date },
  now: Date,
): { ok: true } | { ok: false; rejection: DelegationRejection } {
  const refuse = (why: DelegationRejection["why"]) => ({ ok: false as const, rejection: { why } });
  if (!from.roles.includes(ownerRole)) return refuse("not-accountable");
  if (from.id === to.id) return refuse("oneself");
  if (!to.roles.includes(backupRole)) return refuse("not-backup");
  if (span.until <= span.from || span.until <= now) return refuse("no-time");
  return span.until.getTime() - span.from.getTime() > mostDelegationDays * 86_400_000
    ? refuse("too-long")
    : { ok: true };
}
