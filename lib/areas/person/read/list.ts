import "server-only";
import { db } from "@/lib/kernel/db/client";
import type { Role } from "@/lib/model/roles";

export const countPeople = (): Promise<number> => db().person.count();

export type Listed = { id: string; email: string; name: string; disabledAt: Date | null; roles: Role[] };

export function listPeople(): Promise<Listed[]> {
  return db()
    .person.findMany({
      orderBy: { email: "asc" },
      select: { id: true, email: true, name: true, disabledAt: true, roles: { select: { role: true } } },
    })
    .then((people) => people.map((person) => ({ ...person, roles: person.roles.map(({ role }) => role) })));
}
