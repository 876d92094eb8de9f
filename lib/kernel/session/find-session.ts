import "server-only";
import { db } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { isRole } from "@/lib/model/roles";

/** Who is signed in, with the roles they hold at this moment, and until when at the latest. */
export type Session = { id: string; endsAt: Date; person: PersonActor };

/** The one question behind every request. Null: there is no such session (any more), its time is over, or its person is disabled. One statement. */
export async function findSession(id: string, now: Date): Promise<Session | null> {
  const [row] = await db().$queryRaw<{ endsAt: Date; personId: string; name: string; roles: string[] }[]>`
    SELECT s."endsAt", p."id" AS "personId", p."name", ARRAY(SELECT r."role"::text FROM "RoleHolding" r WHERE r."personId" = p."id") AS "roles"
    FROM "Session" s JOIN "Person" p ON p."id" = s."personId" AND p."disabledAt" IS NULL
    WHERE s."id" = ${id}::uuid AND s."endsAt" > ${now}::timestamptz`;
  return row
    ? {
        id,
        endsAt: row.endsAt,
        person: { kind: "person", id: row.personId, name: row.name, roles: row.roles.filter(isRole) },
      }
    : null;
}
