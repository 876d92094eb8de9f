import "server-only";
import type { SubjectKind } from "@/lib/kernel/act/doors";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";

type Unscheduled = { kind: SubjectKind; id: string; at: Date };

/** Subjects that wait for something and whose next step nobody has scheduled at its instant: none, unless jobs were lost. */
export async function listUnscheduled(sourceId: string, most: number): Promise<Unscheduled[]> {
  return db().$queryRaw<Unscheduled[]>`
    SELECT s."kind", s."id", s."nextAt" AS "at" FROM "Subject" s
    WHERE s."sourceId" = ${sourceId}::uuid AND s."nextAt" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j
        WHERE j.key = 'clock:' || s."id" AND j.task_identifier = s."kind" || '-clock:' || ${sourceId} AND j.run_at <= s."nextAt" + interval '1 second')
    ORDER BY s."nextAt" LIMIT ${most}`;
}

/** When the oldest subject (of one kind, where one is named) fell due to which time should have done something before this instant, and did not; null when the clocks are kept. */
export async function oldestOverdue(
  sourceId: string,
  before: Date,
  kind: SubjectKind | null = null,
): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ at: Date | null }[]>`
    SELECT min("nextAt") AS "at" FROM "Subject" WHERE "sourceId" = ${sourceId}::uuid AND "nextAt" < ${before} AND (${kind}::text IS NULL OR "kind" = ${kind})`;
  return row?.at ?? null;
}

/** "late": a step was due a minute ago and was not taken. "unscheduled": an open subject has no job for its next step. Neither is a failure of this process. */
export type ClockHealth = "ok" | "late" | "unscheduled";

/** A step may wait this long before its clock counts as late. */
export const clockGraceMs = 60_000;
/** The answer is open to everybody, so asking often must cost little. */
const keptMs = 5000;
let kept: { sourceId: string; until: number; answer: Promise<ClockHealth> } | undefined;

/** Whether the clocks of the current source are kept; at most `keptMs` old. */
export async function clockHealth(now: Date): Promise<ClockHealth> {
  const sourceId = await currentSourceId();
  const left = kept?.sourceId === sourceId ? kept.until - now.getTime() : 0;
  if (kept && left > 0 && left <= keptMs) return kept.answer;
  kept = { sourceId, until: now.getTime() + keptMs, answer: readHealth(sourceId, now) };
  return kept.answer;
}

async function readHealth(sourceId: string, now: Date): Promise<ClockHealth> {
  if (await oldestOverdue(sourceId, new Date(now.getTime() - clockGraceMs))) return "late";
  return (await listUnscheduled(sourceId, 1)).length ? "unscheduled" : "ok";
}
