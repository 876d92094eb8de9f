import type { Role } from "../operating-model/roles";

/** Who stands in the book as on duty as a role. `able`: still holds the role and may sign in; if not, their duty means nothing any more. */
export type OnDuty = { personId: string; able: boolean };

export type DutyDecision =
  /** They are on duty as it already. */
  | { do: "nothing" }
  /** Whoever stands in the book (null: nobody) goes off duty as they come on. */
  | { do: "begin"; endsOf: string | null }
  | { do: "refuse"; why: "role-not-held" }
  /** Somebody else than the person saw is on duty by now. */
  | { do: "refuse"; why: "somebody-else"; byId: string };

/**
 * Going on duty as a role: only as one that is held, and only from whom the person saw on duty (`from`; null: from nobody), so that
 * nobody is sent off duty unseen. Where nobody is on duty any more, there is nobody to be asked.
 */
export function decideTakeDuty(role: Role, person: { id: string; roles: readonly Role[] }, current: OnDuty | null, from: string | null): DutyDecision {
  if (!person.roles.includes(role)) return { do: "refuse", why: "role-not-held" };
  if (current?.personId === person.id) return { do: "nothing" };
  if (current?.able && current.personId !== from) return { do: "refuse", why: "somebody-else", byId: current.personId };
  return { do: "begin", endsOf: current?.personId ?? null };
}
