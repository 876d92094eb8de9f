import "server-only";
import type { Escalation } from "@/lib/domain/escalation/escalation";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { db, type Tx } from "./client";
import { clockTask } from "./outbox";

type Due = Pick<Escalation, "id" | "version" | "path" | "status" | "dueAt" | "level">;

/**
 * Items past their due instant that nobody raised yet, oldest first, locked until the transaction ends. What another worker
 * holds at this moment is passed over: that worker raises it.
 */
export async function lockUnraised(tx: Tx, _grant: Grant<"escalation.escalate">, sourceId: string, now: Date, most: number): Promise<Due[]> {
  return tx.$queryRaw<Due[]>`
    SELECT "id", "version", "path"::text AS "path", "status"::text AS "status", "dueAt", "level" FROM "Escalation"
    WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('open', 'claimed') AND "level" = 0 AND "dueAt" < ${now}
    ORDER BY "dueAt" LIMIT ${most} FOR UPDATE SKIP LOCKED`;
}

/** The ids that were raised; what was closed or raised meanwhile is left as it is. */
export async function raise(tx: Tx, _grant: Grant<"escalation.escalate">, ids: readonly string[], level: number, now: Date): Promise<string[]> {
  const raised = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" SET "level" = ${level}, "escalatedAt" = ${now}, "version" = "version" + 1
    WHERE "id" = ANY (${[...ids]}::uuid[]) AND "level" < ${level} AND "status" IN ('open', 'claimed') RETURNING "id"`;
  return raised.map(({ id }) => id);
}

/** Open items whose next step nobody has scheduled: none, unless jobs were lost. */
export async function listUnscheduled(sourceId: string, most: number): Promise<{ id: string; dueAt: Date }[]> {
  return db().$queryRaw<{ id: string; dueAt: Date }[]>`
    SELECT e."id", e."dueAt" FROM "Escalation" e
    WHERE e."sourceId" = ${sourceId}::uuid AND e."status" IN ('open', 'claimed') AND e."level" = 0
      AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'clock:' || e."id" AND j.task_identifier = ${clockTask(sourceId)})
    ORDER BY e."dueAt" LIMIT ${most}`;
}

/** When the oldest item fell due that should have been raised by now and was not; null when the clocks are kept. */
export async function oldestUnraised(before: Date): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ dueAt: Date | null }[]>`
    SELECT min("dueAt") AS "dueAt" FROM "Escalation" WHERE "status" IN ('open', 'claimed') AND "level" = 0 AND "dueAt" < ${before}`;
  return row?.dueAt ?? null;
}
