/** Rows that tests begin with, as functions; every value that matters to a test is named in it. */
import { v7 as uuidv7 } from "uuid";
import { openItem } from "@/lib/areas/escalation/domain/open";
import { registerSource } from "@/lib/areas/source/store/registration";
import type { Context } from "@/lib/kernel/act/context";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import type { PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { ownership } from "@/lib/model/ownership";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";
import { cockpitMay } from "./grants";

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
  const id = await registerSource(cockpitMay("source.register"), directory, false, t0);
  useSource(directory);
  return id;
}

type Made = {
  sourceId: string;
  path?: EscalationPath;
  /** For a policy denial the run. */
  subject?: string;
  severity?: Severity;
  dueAt?: Date;
  priority?: number;
  owner?: string;
  lane?: string;
  reason?: string;
  blockedAt?: Date;
};

/** An open item, a policy denial due in half an hour unless said otherwise; nobody is told of it, and no job stands for its clocks. */
export async function makeEscalation({
  sourceId,
  path = "policy_denial",
  subject = `run_${uuidv7()}`,
  severity,
  dueAt,
  priority = 0,
  owner = "ana:shop",
  lane = "standard",
  reason = "Circuit open",
  blockedAt = t0,
}: Made): Promise<string> {
  const due = dueAt ?? (path === "policy_denial" ? minutes(30) : undefined);
  const { item } = openItem(
    { id: uuidv7(), path, subject, severity: severity ?? null, owner, reason, startedAt: blockedAt, dueAt: due },
    { slaMinutes: 30, breachAlert: true },
    blockedAt,
  );
  const { clocks, ...row } = item;
  await db().escalation.create({
    data: {
      ...row,
      clocks: JSON.parse(JSON.stringify(clocks)) as object[],
      sourceId,
      priority,
      lane,
      agent: "claude",
      recordCount: path === "policy_denial" ? 1 : 0,
      blockedAt,
      slaMinutes: 30,
      modelVersion: operatingModel.version,
      openedAt: blockedAt,
      routedRole: ownership[paths[path].domain].owner,
    },
  });
  return row.id;
}

/** Makes a person on duty as a role they hold. */
export async function putOnDuty(person: PersonActor, role: Role, since = t0): Promise<void> {
  await db().duty.create({ data: { id: uuidv7(), personId: person.id, role, since } });
}

export const as = (actor: PersonActor | null, now = t0): Context => ({ actor, now, requestId: uuidv7() });
