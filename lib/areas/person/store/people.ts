import "server-only";
import { v7 as uuidv7 } from "uuid";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";

export type Credentials = {
  id: string;
  name: string;
  passwordHash: string;
  disabledAt: Date | null;
  /** They signed in from there before. */ known: boolean;
};

/** For signing in, from the address of that hash; null when there is no such person. One statement, as long for whoever is known as for others. */
export async function findCredentials(
  email: string,
  addressHash: string,
  knownSince: Date,
): Promise<Credentials | null> {
  const [row] = await db().$queryRaw<Credentials[]>`
    SELECT p."id", p."name", p."passwordHash", p."disabledAt",
      EXISTS (SELECT 1 FROM "KnownAddress" k WHERE k."personId" = p."id" AND k."hash" = ${addressHash} AND k."lastAt" > ${knownSince}::timestamptz) AS "known"
    FROM "Person" p WHERE p."email" = ${email}`;
  return row ?? null;
}

export type NewPerson = { email: string; name: string; passwordHash: string; roles: readonly Role[] };

/** The new person's id; null when the address is taken already. */
export async function insertPerson(
  tx: Tx,
  _grant: Grant<"person.add">,
  person: NewPerson,
  now: Date,
): Promise<string | null> {
  const id = uuidv7({ msecs: now.getTime() });
  const { count } = await tx.person.createMany({
    data: [{ id, email: person.email, name: person.name, passwordHash: person.passwordHash, createdAt: now }],
    skipDuplicates: true,
  });
  if (!count) return null;
  await tx.roleHolding.createMany({ data: person.roles.map((role) => ({ personId: id, role, grantedAt: now })) });
  return id;
}

export type Found = { id: string; disabledAt: Date | null; roles: Role[] };

/** Locked until the transaction ends, so that nobody signs in meanwhile by what is about to change. Null: there is no such person. */
export async function lockPerson(tx: Tx, email: string): Promise<Found | null> {
  const [row] = await tx.$queryRaw<
    Omit<Found, "roles">[]
  >`SELECT "id", "disabledAt" FROM "Person" WHERE "email" = ${email} FOR NO KEY UPDATE`;
  if (!row) return null;
  const roles = await tx.roleHolding.findMany({ where: { personId: row.id }, select: { role: true } });
  return { ...row, roles: roles.map(({ role }) => role) };
}

/** Sets the roles of a person to exactly these; those that stay are left alone. */
export async function replaceRoles(
  tx: Tx,
  _grant: Grant<"person.set-roles">,
  personId: string,
  wanted: readonly Role[],
  now: Date,
): Promise<void> {
  await tx.roleHolding.deleteMany({ where: { personId, role: { notIn: [...wanted] } } });
  await tx.roleHolding.createMany({
    data: wanted.map((role) => ({ personId, role, grantedAt: now })),
    skipDuplicates: true,
  });
}

/** Ends a person's duty as any role but these; answers as which. */
export async function endDuties(
  tx: Tx,
  _grant: Grant<"person.set-roles" | "person.disable">,
  personId: string,
  but: readonly Role[],
  now: Date,
): Promise<Role[]> {
  const ended = await tx.$queryRaw<{ role: Role }[]>`
    UPDATE "Duty" SET "endedAt" = GREATEST("since", ${now}::timestamptz)
    WHERE "personId" = ${personId}::uuid AND "endedAt" IS NULL AND "role"::text <> ALL (${[...but]}::text[]) RETURNING "role"::text AS "role"`;
  return ended.map(({ role }) => role);
}

/** When somebody was disabled, or null: they may sign in. */
export async function writeDisabled(
  tx: Tx,
  _grant: Grant<"person.disable" | "person.enable">,
  personId: string,
  disabledAt: Date | null,
): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { disabledAt } });
}

/** A new password; where they signed in by the old one is forgotten with it. */
export async function writePassword(
  tx: Tx,
  _grant: Grant<"person.set-password">,
  personId: string,
  passwordHash: string,
): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { passwordHash } });
  await tx.knownAddress.deleteMany({ where: { personId } });
}

/** One link at a time: earlier unused ones stop working. Answers how many did. */
export async function replaceInvite(
  tx: Tx,
  _grant: Grant<"person.invite">,
  invite: { tokenHash: string; roles: readonly Role[]; createdAt: Date; expiresAt: Date },
): Promise<number> {
  const { count } = await tx.invite.deleteMany({ where: { usedAt: null } });
  await tx.invite.create({ data: { ...invite, roles: [...invite.roles] } });
  return count;
}

/** Uses the link up, once; null when it was used, has expired or never was. */
export async function useInvite(
  tx: Tx,
  _grant: Grant<"person.add">,
  tokenHash: string,
  now: Date,
): Promise<{ roles: Role[] } | null> {
  const [invite] = await tx.invite.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { roles: true },
  });
  return invite ?? null;
}
