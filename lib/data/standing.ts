import "server-only";
import { isRole } from "@/lib/domain/operating-model/roles";
import type { Standing } from "@/lib/domain/chain/standing";
import type { Tx } from "./client";

/** What stands in the database and is the work of events: everybody with their roles, and how many items and overrides there are. */
export async function readStanding(tx: Tx): Promise<Standing> {
  const people = await tx.person.findMany({ orderBy: { id: "asc" }, select: { id: true, name: true, roles: { select: { role: true } } } });
  const [escalations, overrides] = [await tx.escalation.count(), await tx.override.count()];
  return { people: people.map(({ id, name, roles }) => ({ id, name, roles: roles.map(({ role }) => role as string).filter(isRole) })), escalations, overrides };
}
