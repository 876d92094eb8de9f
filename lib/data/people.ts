import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { Grant, PersonActor } from "@/lib/domain/operating-model/decide";
import { isRole, type Role } from "@/lib/domain/operating-model/roles";
import { db, type Tx } from "./client";

/** Who this is and which roles they hold at this moment; null when unknown or disabled. One statement. */
export async function findActor(personId: string): Promise<PersonActor | null> {
  const [row] = await db().$queryRaw<{ id: string; name: string; roles: string[] }[]>`
    SELECT p."id", p."name", ARRAY(SELECT r."role"::text FROM "RoleHolding" r WHERE r."personId" = p."id") AS "roles"
    FROM "Person" p WHERE p."id" = ${personId}::uuid AND p."disabledAt" IS NULL`;
  return row ? { kind: "person", id: row.id, name: row.name, roles: row.roles.filter(isRole) } : null;
}

/** For signing in; null when there is no such person or they are disabled. */
export function findCredentials(email: string): Promise<{ id: string; name: string; passwordHash: string } | null> {
  return db().person.findFirst({ where: { email, disabledAt: null }, select: { id: true, name: true, passwordHash: true } });
}

export const countPeople = (): Promise<number> => db().person.count();

export function listPeople(): Promise<{ id: string; email: string; name: string; roles: Role[] }[]> {
  return db()
    .person.findMany({ orderBy: { email: "asc" }, select: { id: true, email: true, name: true, roles: { select: { role: true } } } })
    .then((people) => people.map((person) => ({ ...person, roles: person.roles.map(({ role }) => role) })));
}

export type NewPerson = { email: string; name: string; passwordHash: string; roles: readonly Role[] };

/** The new person's id; null when the address is taken already. */
export async function insertPerson(tx: Tx, _grant: Grant<"person.add">, person: NewPerson, now: Date): Promise<string | null> {
  const id = uuidv7({ msecs: now.getTime() });
  const { count } = await tx.person.createMany({
    data: [{ id, email: person.email, name: person.name, passwordHash: person.passwordHash, createdAt: now }],
    skipDuplicates: true,
  });
  if (!count) return null;
  await tx.roleHolding.createMany({ data: person.roles.map((role) => ({ personId: id, role, grantedAt: now })) });
  return id;
}

export type RolesBefore = { id: string; before: Role[]; offDuty: Role[] };

/** Sets the roles of a person to exactly these, and ends their duty as any other (`offDuty`). Null: there is no such person. */
export async function replaceRoles(tx: Tx, _grant: Grant<"person.set-roles">, email: string, wanted: readonly Role[], now: Date): Promise<RolesBefore | null> {
  const person = await tx.person.findUnique({ where: { email }, select: { id: true, roles: { select: { role: true } } } });
  if (!person) return null;
  await tx.roleHolding.deleteMany({ where: { personId: person.id } });
  await tx.roleHolding.createMany({ data: wanted.map((role) => ({ personId: person.id, role, grantedAt: now })) });
  const offDuty = await tx.$queryRaw<{ role: Role }[]>`
    UPDATE "Duty" SET "endedAt" = GREATEST("since", ${now}::timestamptz)
    WHERE "personId" = ${person.id}::uuid AND "endedAt" IS NULL AND "role"::text <> ALL (${[...wanted]}::text[]) RETURNING "role"::text AS "role"`;
  return { id: person.id, before: person.roles.map(({ role }) => role), offDuty: offDuty.map(({ role }) => role) };
}

/** One link at a time: earlier unused ones stop working. */
export async function replaceInvite(tx: Tx, _grant: Grant<"person.add">, invite: { tokenHash: string; roles: readonly Role[]; createdAt: Date; expiresAt: Date }): Promise<void> {
  await tx.invite.deleteMany({ where: { usedAt: null } });
  await tx.invite.create({ data: { ...invite, roles: [...invite.roles] } });
}

/** Uses the link up, once; null when it was used, has expired or never was. */
export async function useInvite(tx: Tx, _grant: Grant<"person.add">, tokenHash: string, now: Date): Promise<{ roles: Role[] } | null> {
  const [invite] = await tx.invite.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { roles: true },
  });
  return invite ?? null;
}

