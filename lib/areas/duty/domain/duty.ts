import type { Role } from "@/lib/model/roles";

/** Who stands in the book as on duty as a role. `able`: still holds the role and may sign in; if not, their duty means nothing any more. */
export type OnDuty = { personId: string; able: boolean };

export type DutyDecision =
  /** They are on duty as it already. */
  | { do: "nothing" }
  /** Whoever stands in the book (null: nobody) goes off duty as they come on. */
  | { do: "begin"; endsOf: string | null }
  /** Somebody else than the person saw is on duty by now. */
  | { do: "refuse"; byId: string };

/** On duty as a role, or off it, goes only who holds it. */
export const isTheirDuty = (role: Role, person: { roles: readonly Role[] }): boolean => person.roles.includes(role);

/**
 * Going on duty as a role that is held: only from whom the person saw on duty (`from`; null: from nobody), so that nobody is sent off duty
 * unseen. Where nobody is on duty any more, there is nobody to be asked.
 */
export function decideTakeDuty(personId: string, current: OnDuty | null, from: string | null): DutyDecision {
  if (current?.personId === personId) return { do: "nothing" };
  if (current?.able && current.personId !== from) return { do: "refuse", byId: current.personId };
  return { do: "begin", endsOf: current?.personId ?? null };
}
