/** The escalations of whole sets of runs, read and written in a few statements however many runs there are. */
import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { ActiveItem, ClosedItem, Step } from "@/lib/domain/escalation/reconcile";
import { nextStep } from "@/lib/domain/escalation/next-step";
import type { Grant } from "@/lib/domain/operating-model/decide";
import type { Tx } from "./client";
import { scheduleClocks } from "./outbox";

type Sync = Grant<"escalation.sync">;

/** The bytes of the runs' present records, in line order. */
export async function queueLines(tx: Tx, fileId: string, runIds: readonly string[]): Promise<{ runId: string; bytes: Uint8Array }[]> {
  return tx.$queryRaw`
    SELECT "runId", "bytes" FROM "SourceRecord"
    WHERE "fileId" = ${fileId}::uuid AND "runId" = ANY (${runIds}::text[]) AND "goneAt" IS NULL ORDER BY "runId", "line"`;
}

/** Runs that are open here, and runs with a record whose kind says that it is pending. */
export async function runsInQuestion(tx: Tx, sourceId: string, fileId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ runId: string }[]>`
    SELECT "runId" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "path" = 'policy_denial' AND "status" IN ('open', 'claimed')
    UNION SELECT "runId" FROM "SourceRecord" WHERE "fileId" = ${fileId}::uuid AND "goneAt" IS NULL AND "kind" = 'escalation.pending' AND "runId" IS NOT NULL`;
  return rows.map((row) => row.runId);
}

type RawItem = ActiveItem["facts"] & {
  id: string;
  runId: string;
  version: number;
  closedAt: Date | null;
  effectId: string | null;
  effectStatus: "pending" | "applied" | "failed" | null;
  closedKeys: string[] | null;
};

export type RunItems = { active: ActiveItem | null; closed: ClosedItem | null };

/** By run: the active item, and the one closed last with how its decision fares in thegent. */
export async function findRunItems(tx: Tx, sourceId: string, runIds: readonly string[]): Promise<Map<string, RunItems>> {
  const rows = await tx.$queryRaw<RawItem[]>`
    SELECT DISTINCT ON (e."runId", e."closedAt" IS NULL)
      e."id", e."runId", e."version", e."closedAt", e."priority", e."lane", e."owner", e."agent", e."reason", e."recordCount", e."blockedAt", e."dueAt", e."slaMinutes",
      f."id" AS "effectId", f."status"::text AS "effectStatus", f."result"->'closed' AS "closedKeys"
    FROM "Escalation" e
    LEFT JOIN LATERAL (SELECT * FROM "Effect" f WHERE e."closedAt" IS NOT NULL AND f."escalationId" = e."id" AND f."kind" = 'thegent.resolve'
      ORDER BY f."createdAt" DESC LIMIT 1) f ON true
    WHERE e."sourceId" = ${sourceId}::uuid AND e."path" = 'policy_denial' AND e."runId" = ANY (${runIds}::text[])
    ORDER BY e."runId", e."closedAt" IS NULL, e."openedAt" DESC, e."id" DESC`;
  const items = new Map<string, RunItems>();
  for (const row of rows) {
    const of = items.get(row.runId) ?? { active: null, closed: null };
    items.set(row.runId, row.closedAt ? { ...of, closed: toClosed(row) } : { ...of, active: toActive(row) });
  }
  return items;
}

const toActive = ({ id, version, priority, lane, owner, agent, reason, recordCount, blockedAt, dueAt, slaMinutes }: RawItem): ActiveItem => ({
  id,
  version,
  facts: { priority, lane, owner, agent, reason, recordCount, blockedAt, dueAt, slaMinutes },
});

const toClosed = ({ id, effectId, effectStatus, closedKeys }: RawItem): ClosedItem => ({
  id,
  effect: effectId && effectStatus ? { id: effectId, status: effectStatus, closedKeys: closedKeys ?? [] } : null,
});

type Of<Kind extends Step["do"]> = Extract<Step, { do: Kind }> & { runId: string };

/** The new items' ids. */
export async function openItems(tx: Tx, grant: Sync, sourceId: string, steps: readonly Of<"open">[], now: Date): Promise<string[]> {
  if (!steps.length) return [];
  const rows = steps.map(({ runId, previousId, facts }, seq) => ({ id: uuidv7({ msecs: now.getTime(), seq }), runId, previousId, ...facts }));
  await tx.$executeRaw`
    INSERT INTO "Escalation" ("id", "sourceId", "path", "runId", "previousId", "priority", "lane", "owner", "agent", "reason", "recordCount", "blockedAt", "dueAt",
      "slaMinutes", "modelVersion", "openedAt")
    SELECT b."id", ${sourceId}::uuid, 'policy_denial', b."runId", b."previousId", b."priority", b."lane", b."owner", b."agent", b."reason", b."recordCount", b."blockedAt",
      b."dueAt", b."slaMinutes", ${grant.modelVersion}, ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "runId" text, "previousId" uuid, "priority" int, "lane" text, "owner" text, "agent" text,
      "reason" text, "recordCount" int, "blockedAt" timestamptz, "dueAt" timestamptz, "slaMinutes" int)`;
  await scheduleClocks(tx, sourceId, rows.map(clockOf));
  return rows.map(({ id }) => id);
}

/** When the item's path asks for its next step. */
function clockOf(item: { id: string; dueAt: Date }): { id: string; at: Date } {
  const step = nextStep({ path: "policy_denial", status: "open", dueAt: item.dueAt, level: 0 }, new Date(0));
  return { id: item.id, at: step.do === "wait" ? step.until : item.dueAt };
}

/** The ids that were changed. What a person changed meanwhile is left as that person left it. */
export async function updateItems(tx: Tx, _grant: Sync, sourceId: string, steps: readonly Of<"update">[]): Promise<string[]> {
  if (!steps.length) return [];
  const rows = steps.map(({ item, facts }) => ({ id: item.id, version: item.version, ...facts }));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "priority" = b."priority", "lane" = b."lane", "owner" = b."owner", "agent" = b."agent",
      "reason" = b."reason", "recordCount" = b."recordCount", "blockedAt" = b."blockedAt", "dueAt" = b."dueAt", "slaMinutes" = b."slaMinutes"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "version" int, "priority" int, "lane" text, "owner" text, "agent" text,
      "reason" text, "recordCount" int, "blockedAt" timestamptz, "dueAt" timestamptz, "slaMinutes" int)
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" IN ('open', 'claimed') RETURNING e."id"`;
  const ids = new Set(changed.map(({ id }) => id));
  const moved = steps.filter(({ item, facts }) => ids.has(item.id) && item.facts.dueAt.getTime() !== facts.dueAt.getTime());
  await scheduleClocks(tx, sourceId, moved.map(({ item, facts }) => clockOf({ id: item.id, dueAt: facts.dueAt })));
  return [...ids];
}

/** The ids that were closed. What a person changed meanwhile is left as that person left it. */
export async function closeItems(tx: Tx, _grant: Sync, steps: readonly Of<"close">[]): Promise<string[]> {
  if (!steps.length) return [];
  const rows = steps.map(({ item, word, closedAt }) => ({ id: item.id, version: item.version, word, closedAt }));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "status" = 'resolved', "closedIn" = 'thegent', "closedAt" = b."closedAt", "thegentWord" = b."word"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "version" int, "word" text, "closedAt" timestamptz)
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" IN ('open', 'claimed') RETURNING e."id"`;
  return changed.map(({ id }) => id);
}

/** Applied effects that thegent wrote over are pending again. The ids of their items. */
export async function reopenEffects(tx: Tx, _grant: Sync, steps: readonly Of<"reapply">[]): Promise<string[]> {
  if (!steps.length) return [];
  const reopened = await tx.effect.updateManyAndReturn({
    where: { id: { in: steps.map(({ effectId }) => effectId) }, status: "applied" },
    data: { status: "pending", attempts: 0, lastError: "thegent wrote over the change; it is being written again." },
    select: { escalationId: true },
  });
  return reopened.map(({ escalationId }) => escalationId);
}
