import "server-only";
import type { Standing } from "@/lib/areas/audit/domain/standing";
import type { Tx } from "@/lib/kernel/db/client";
import { isRole } from "@/lib/model/roles";

/** What stands in the database and is the work of events: everybody with their roles, and how many items and overrides there are. */
export async function readStanding(tx: Tx): Promise<Standing> {
  const people = await tx.person.findMany({
    orderBy: { id: "asc" },
    select: { id: true, name: true, roles: { select: { role: true } } },
  });
  const [escalations, overrides] = [await tx.escalation.count(), await tx.override.count()];
  return {
    people: people.map(({ id, name, roles }) => ({
      id,
      name,
      roles: roles.map(({ role }) => role as string).filter(isRole),
    })),
    escalations,
    overrides,
  };
}
