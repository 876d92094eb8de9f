import "server-only";
import { db } from "./client";
import { clockTask } from "./outbox";

/** Open items that wait for something and whose next step nobody has scheduled at its instant: none, unless jobs were lost. */
export async function listUnscheduled(sourceId: string, most: number): Promise<{ id: string; at: Date }[]> {
  return db().$queryRaw<{ id: string; at: Date }[]>`
    SELECT e."id", e."nextAt" AS "at" FROM "Escalation" e
    WHERE e."sourceId" = ${sourceId}::uuid AND e."nextAt" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'clock:' || e."id" AND j.task_identifier = ${clockTask(sourceId)} AND j.run_at <= e."nextAt" + interval '1 second')
    ORDER BY e."nextAt" LIMIT ${most}`;
}

/** How many of them there are. */
export async function countUnscheduled(sourceId: string): Promise<number> {
  return (await listUnscheduled(sourceId, 10_000)).length;
}

/** When the oldest item fell due to which time should have done something before this instant, and did not; null when the clocks are kept. */
export async function oldestOverdue(sourceId: string, before: Date): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ at: Date | null }[]>`SELECT min("nextAt") AS "at" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "nextAt" < ${before}`;
  return row?.at ?? null;
}
