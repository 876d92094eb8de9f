/** Rows that tests begin with, as functions; every value that matters to a test is named in it. */
import { v7 as uuidv7 } from "uuid";
import { db } from "@/lib/data/client";
import { useSource } from "@/lib/data/current-source";
import { registerSource } from "@/lib/data/source-registration";
import type { PersonActor } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { roles, type Role } from "@/lib/domain/operating-model/roles";
import type { Context } from "@/lib/usecases/context";

export const t0 = new Date("2026-03-01T10:00:00.000Z");
export const minutes = (n: number, from = t0): Date => new Date(from.getTime() + n * 60_000);

/** One person a role, named after it. */
export async function makePeople(): Promise<Record<Role, PersonActor>> {
  const made = await Promise.all(roles.map(async (role) => [role, await makePerson(role)] as const));
  return Object.fromEntries(made) as Record<Role, PersonActor>;
}

export async function makePerson(...held: Role[]): Promise<PersonActor> {
  const id = uuidv7();
  const name = held.join(" and ") || "nobody in particular";
  await db().person.create({ data: { id, email: `${id}@example.com`, name, passwordHash: "-", createdAt: t0 } });
  await db().roleHolding.createMany({ data: held.map((role) => ({ personId: id, role, grantedAt: t0 })) });
  return { kind: "person", id, name, roles: held };
}

/** A source, and this process looks at it. */
export async function makeSource(directory = `/somewhere/${uuidv7()}`): Promise<string> {
  const id = await registerSource(directory, false, t0);
  useSource(directory);
  return id;
}

type Item = { sourceId: string; runId?: string; dueAt?: Date; priority?: number; owner?: string; lane?: string; blockedAt?: Date };

/** An open policy denial, due in half an hour unless said otherwise. */
export async function makeEscalation({ sourceId, runId = `run_${uuidv7()}`, dueAt = minutes(30), priority = 0, owner = "ana:shop", lane = "standard", blockedAt = t0 }: Item): Promise<string> {
  const id = uuidv7();
  await db().escalation.create({
    data: {
      id, sourceId, runId, path: "policy_denial", priority, lane, owner, agent: "claude", reason: "Circuit open", recordCount: 1,
      blockedAt, dueAt, slaMinutes: 30, modelVersion: operatingModel.version, openedAt: blockedAt,
    },
  });
  return id;
}

export const as = (actor: PersonActor | null, now = t0): Context => ({ actor, now, requestId: uuidv7() });
