import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { hashPassword } from "@/lib/areas/person/sign-in/password";
import { insertPerson, replaceInvite, useInvite, type NewPerson } from "@/lib/areas/person/store/people";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import { tellOfLink } from "./tell-of-sign-ins";

type When = { now: Date; requestId: string };
export type PersonInput = { email: string; name: string; password: string };

const inviteHours = 48;

/** From the command line on the server. Throws CONFLICT when the address is taken. */
export async function addPerson(when: When, person: PersonInput & { roles: readonly Role[] }): Promise<string> {
  const passwordHash = await hashPassword(person.password);
  return inTransaction((tx) => insert(tx, when, { ...person, passwordHash }, "command line"));
}

/**
 * With a one-time link, from an address. Throws FORBIDDEN when the link does not work (any more), which is an event too; CONFLICT when
 * the e-mail address is taken.
 */
export async function signUp(when: When, token: string, person: PersonInput, address: string): Promise<string> {
  const passwordHash = await hashPassword(person.password);
  const tokenHash = digest(token);
  const made = await inTransaction(async (tx) => {
    const used = await useInvite(tx, grantSystem(operatingModel, "person.add", "one-time link"), tokenHash, when.now);
    return used && insert(tx, when, { ...person, passwordHash, roles: used.roles }, "one-time link", tokenHash);
  });
  if (made) return made;
  const because = "This link was used already, has expired, or was replaced. Ask for a new one.";
  await tellOfLink(when, because, address);
  throw new CockpitError("FORBIDDEN", because);
}

/** A new one-time link's token; earlier unused links stop working. */
export async function invite(when: When, roles: readonly Role[]): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const tokenHash = digest(token);
  const expiresAt = new Date(when.now.getTime() + inviteHours * 3_600_000);
  const grant = grantSystem(operatingModel, "person.invite", "start");
  await inTransaction(async (tx) => {
    const replaced = await replaceInvite(tx, grant, { tokenHash, roles, createdAt: when.now, expiresAt });
    const after = { roles: [...roles], expiresAt: expiresAt.toISOString(), replaced };
    await appendAudit(tx, doneEvent(grant, when, { kind: "link", id: nameOf(tokenHash) }, null, after));
  });
  return token;
}

async function insert(
  tx: Parameters<typeof insertPerson>[0],
  when: When,
  person: NewPerson,
  by: string,
  tokenHash?: string,
): Promise<string> {
  const grant = grantSystem(operatingModel, "person.add", by);
  const id = await insertPerson(tx, grant, { ...person, email: person.email.toLowerCase() }, when.now);
  if (!id) throw new CockpitError("CONFLICT", `There is already a person with the address ${person.email}.`);
  const after = {
    email: person.email,
    name: person.name,
    roles: [...person.roles],
    ...(tokenHash && { link: nameOf(tokenHash) }),
  };
  await appendAudit(tx, doneEvent(grant, when, { kind: "person", id }, null, after));
  return id;
}

/** What the chain calls a link: enough to tell one from another. */
const nameOf = (tokenHash: string): string => tokenHash.slice(0, 12);

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");
