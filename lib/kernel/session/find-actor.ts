import "server-only";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { isRole } from "@/lib/model/roles";

/** Who this is and which roles they hold at this moment; null when unknown or disabled. One statement. */
export async function findActor(personId: string, tx: Tx | null = null): Promise<PersonActor | null> {
  const [row] = await (tx ?? db()).$queryRaw<{ id: string; name: string; roles: string[] }[]>`
    SELECT p."id", p."name", ARRAY(SELECT r."role"::text FROM "RoleHolding" r WHERE r."personId" = p."id") AS "roles"
    FROM "Person" p WHERE p."id" = ${personId}::uuid AND p."disabledAt" IS NULL`;
  return row ? { kind: "person", id: row.id, name: row.name, roles: row.roles.filter(isRole) } : null;
}

/** The same, and it stays so until the transaction ends: who changes their access waits. */
export async function holdActor(tx: Tx, personId: string): Promise<PersonActor | null> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR SHARE`;
  return findActor(personId, tx);
}
