import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { hashPassword } from "@/lib/auth/password";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { insertPerson, replaceInvite, replaceRoles, useInvite, type NewPerson } from "@/lib/data/people";
import { grantSystem } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import type { Role } from "@/lib/domain/operating-model/roles";
import { CockpitError } from "@/lib/errors";
import { doneEvent } from "./authorise";

type When = { now: Date; requestId: string };
export type PersonInput = { email: string; name: string; password: string };

const inviteHours = 48;

/** From the command line on the server. Throws CONFLICT when the address is taken. */
export async function addPerson(when: When, person: PersonInput & { roles: readonly Role[] }): Promise<string> {
  const passwordHash = await hashPassword(person.password);
  return inTransaction((tx) => insert(tx, when, { ...person, passwordHash }, "command line"));
}

/** With a one-time link. Throws FORBIDDEN when the link does not work (any more), CONFLICT when the address is taken. */
export async function signUp(when: When, token: string, person: PersonInput): Promise<string> {
  const passwordHash = await hashPassword(person.password);
  return inTransaction(async (tx) => {
    const invite = await useInvite(tx, grantSystem(operatingModel, "person.add", "one-time link"), digest(token), when.now);
    if (!invite) throw new CockpitError("FORBIDDEN", "This link was used already, has expired, or was replaced. Ask for a new one.");
    return insert(tx, when, { ...person, passwordHash, roles: invite.roles }, "one-time link");
  });
}

/** A new one-time link's token; earlier unused links stop working. */
export async function invite(when: When, roles: readonly Role[]): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(when.now.getTime() + inviteHours * 3_600_000);
  const grant = grantSystem(operatingModel, "person.add", "start");
  await inTransaction((tx) => replaceInvite(tx, grant, { tokenHash: digest(token), roles, createdAt: when.now, expiresAt }));
  return token;
}

/** From the command line: exactly these roles from now on; a duty as any other ends. Throws NOT_FOUND. */
export async function setRoles(when: When, email: string, roles: readonly Role[]): Promise<void> {
  const grant = grantSystem(operatingModel, "person.set-roles", "command line");
  await inTransaction(async (tx) => {
    const changed = await replaceRoles(tx, grant, email, roles, when.now);
    if (!changed) throw new CockpitError("NOT_FOUND", `There is no person with the address ${email}.`);
    await appendAudit(tx, doneEvent(grant, when, { kind: "person", id: changed.id }, { roles: changed.before }, { roles: [...roles], ...(changed.offDuty.length > 0 && { offDuty: changed.offDuty }) }));
  });
}

async function insert(tx: Parameters<typeof insertPerson>[0], when: When, person: NewPerson, by: string): Promise<string> {
  const grant = grantSystem(operatingModel, "person.add", by);
  const id = await insertPerson(tx, grant, { ...person, email: person.email.toLowerCase() }, when.now);
  if (!id) throw new CockpitError("CONFLICT", `There is already a person with the address ${person.email}.`);
  await appendAudit(tx, doneEvent(grant, when, { kind: "person", id }, null, { email: person.email, name: person.name, roles: [...person.roles] }));
  return id;
}

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");
