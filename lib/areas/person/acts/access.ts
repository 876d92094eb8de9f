import "server-only";
import { hashPassword } from "@/lib/areas/person/sign-in/password";
import {
  endDuties,
  lockPerson,
  replaceRoles,
  writeDisabled,
  writePassword,
  type Found,
} from "@/lib/areas/person/store/people";
import { deleteSessionsOf } from "@/lib/areas/person/store/sessions";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import type { After, Before } from "@/lib/kernel/chain/payloads";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import type { SystemActionId } from "@/lib/model/actions";
import type { Grant } from "@/lib/model/decide";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";

/** Who may come in, and as what: changed from the command line on the server. What somebody loses they lose at once, in every session. */
type When = { now: Date; requestId: string };
type Change<A extends SystemActionId> = { before: Before<A>; after: After<A> };

/** Exactly these roles from now on; a duty as any other ends, and with a lost role every session. Throws NOT_FOUND. */
export function setRoles(when: When, email: string, roles: readonly Role[]): Promise<void> {
  return change(when, email, "person.set-roles", async (tx, grant, { id, roles: before }) => {
    await replaceRoles(tx, grant, id, roles, when.now);
    const offDuty = await endDuties(tx, grant, id, roles, when.now);
    const lost = before.some((role) => !roles.includes(role));
    const ended = lost ? await deleteSessionsOf(tx, grant, id) : 0;
    return {
      before: { roles: before },
      after: { roles: [...roles], ...(offDuty.length > 0 && { offDuty }), ...(lost && { sessionsEnded: ended }) },
    };
  });
}

/**
 * They are signed out everywhere, off duty, and cannot sign in; what they did stays theirs. Items they hold go back to the queue once
 * they have been quiet, as when somebody goes home. Throws NOT_FOUND, CONFLICT.
 */
export function disablePerson(when: When, email: string): Promise<void> {
  return change(when, email, "person.disable", async (tx, grant, { id, disabledAt }) => {
    if (disabledAt) throw new CockpitError("CONFLICT", `${email} is disabled already.`);
    await writeDisabled(tx, grant, id, when.now);
    const offDuty = await endDuties(tx, grant, id, [], when.now);
    return {
      before: { disabled: false },
      after: {
        disabled: true,
        sessionsEnded: await deleteSessionsOf(tx, grant, id),
        ...(offDuty.length > 0 && { offDuty }),
      },
    };
  });
}

/** They may sign in again, with the roles they had. Throws NOT_FOUND, CONFLICT. */
export function enablePerson(when: When, email: string): Promise<void> {
  return change(when, email, "person.enable", async (tx, grant, { id, disabledAt }) => {
    if (!disabledAt) throw new CockpitError("CONFLICT", `${email} is not disabled.`);
    await writeDisabled(tx, grant, id, null);
    return { before: { disabled: true }, after: { disabled: false } };
  });
}

/** A new password; whoever signed in by the old one is signed out, and no place is known any more. Throws NOT_FOUND. */
export async function setPassword(when: When, email: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  return change(when, email, "person.set-password", async (tx, grant, { id }) => {
    await writePassword(tx, grant, id, passwordHash);
    return { before: null, after: { sessionsEnded: await deleteSessionsOf(tx, grant, id) } };
  });
}

function change<A extends SystemActionId>(
  when: When,
  email: string,
  action: A,
  make: (tx: Tx, grant: Grant<A>, person: Found) => Promise<Change<A>>,
): Promise<void> {
  const grant = grantSystem(operatingModel, action, "command line");
  return inTransaction(async (tx) => {
    const person = await lockPerson(tx, email);
    if (!person) throw new CockpitError("NOT_FOUND", `There is no person with the address ${email}.`);
    const { before, after } = await make(tx, grant, person);
    await appendAudit(tx, doneEvent(grant, when, { kind: "person", id: person.id }, before, after));
  });
}
