import "server-only";
import type { PersonRef } from "@/lib/kernel/contract";
import { db } from "./client";

/** People's names by id, for sentences. */
export async function personNames(ids: readonly (string | null)[]): Promise<Record<string, string>> {
  const wanted = ids.filter((id): id is string => id !== null);
  if (!wanted.length) return {};
  const people = await db().person.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  return Object.fromEntries(people.map(({ id, name }) => [id, name]));
}

export const personRef = (id: string | null, name: string | null): PersonRef | null =>
  id ? { id, name: name ?? "someone who has left" } : null;
