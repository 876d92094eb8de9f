import "server-only";
import type { DutyView } from "@/lib/areas/duty/contract";
import type { PersonRef } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { roles, type Role } from "@/lib/model/roles";

/** Every role in the document's order: who is on duty as it and since when, and who else could be. One statement. */
export async function dutyView(): Promise<DutyView> {
  type Holder = PersonRef & { role: Role; since: Date | null };
  const holders = await db().$queryRaw<Holder[]>`
    SELECT p."id", p."name", r."role"::text AS "role", d."since"
    FROM "RoleHolding" r JOIN "Person" p ON p."id" = r."personId" AND p."disabledAt" IS NULL
      LEFT JOIN "Duty" d ON d."role" = r."role" AND d."personId" = p."id" AND d."endedAt" IS NULL
    ORDER BY p."name", p."id"`;
  return roles.map((role) => {
    const able = holders.filter((holder) => holder.role === role);
    const onDuty = able.find(({ since }) => since);
    return {
      role,
      person: onDuty ? refOf(onDuty) : null,
      since: onDuty?.since?.toISOString() ?? null,
      holders: able.map(refOf),
    };
  });
}

const refOf = ({ id, name }: PersonRef): PersonRef => ({ id, name });
