import "server-only";
import type { ClockAction, DeliveringAction, SubjectKind, SweepingAction, WatchedAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** The job that carries a source's effects into its thegent; only the worker on that directory knows its name. */
export const deliverTask = (sourceId: string): string => `deliver-effects:${sourceId}`;

/**
 * The place of jobs that carry what people decided, and tell of it. Jobs are taken by their instant, and a clock's is that at which its subject was
 * due: after a night without a worker thousands of those would be heard before the first decision is carried.
 */
export const beforeClocks = -1;

/** Wakes the delivery of a source's effects, in the transaction that made them. Several wake-ups before it runs are one. */
export async function scheduleDelivery(tx: Tx, _grant: Grant<DeliveringAction>, sourceId: string): Promise<void> {
  const task = deliverTask(sourceId);
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json, job_key => ${task}, max_attempts => 25, priority => ${beforeClocks})`;
}

/** The job that does to an area's subjects what time asks for; one stands at the instant at which each is due. */
export const clockTask = (kind: SubjectKind, sourceId: string): string => `${kind}-clock:${sourceId}`;

/** Sets the clocks of subjects, one statement however many: a job at each instant, replacing the subject's earlier one. */
export async function scheduleClocks<K extends SubjectKind>(
  tx: Tx,
  _grant: Grant<ClockAction<K>>,
  sourceId: string,
  kind: K,
  clocks: readonly { id: string; at: Date }[],
): Promise<void> {
  if (!clocks.length) return;
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs((
      SELECT array_agg(ROW(${clockTask(kind, sourceId)}, '{}', NULL, c."at", 25, 'clock:' || c."id", 0, NULL)::graphile_worker.job_spec)
      FROM json_to_recordset(${JSON.stringify(clocks)}::json) AS c("id" text, "at" timestamptz)))`;
}

/** The job that sends a source's notices outside the page. */
export const deliverNoticesTask = (sourceId: string): string => `deliver-notices:${sourceId}`;

/** The job in which areas look at what they watch of a source, besides each minute. */
export const watchAreasTask = (sourceId: string): string => `watch-areas:${sourceId}`;

/** Wakes it a second later, so that many changes in a row are looked at once, in the transaction that brought one. */
export async function scheduleWatch(tx: Tx, _grant: Grant<WatchedAction>, sourceId: string): Promise<void> {
  const task = watchAreasTask(sourceId);
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${task}, '{}'::json, job_key => ${task}, run_at => now() + interval '1 second', max_attempts => 25, priority => ${beforeClocks})`;
}

/** The job that carries out sweeps of a source that were asked for, and asks for the one that is due; it also comes each minute. */
export const sweepTask = (sourceId: string): string => `sweep:${sourceId}`;

/** Wakes it, in the transaction that asks for one. */
export async function scheduleSweep(tx: Tx, _grant: Grant<SweepingAction>, sourceId: string): Promise<void> {
  const task = sweepTask(sourceId);
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json, job_key => ${task}, max_attempts => 3, priority => ${beforeClocks})`;
}
