import "server-only";
import type { ChangingAction, ChangingOverride, DeliveringAction, OpeningAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** The job that carries a source's effects into its thegent; only the worker on that directory knows its name. */
export const deliverTask = (sourceId: string): string => `deliver-effects:${sourceId}`;

/** Wakes the delivery of a source's effects, in the transaction that made them. Several wake-ups before it runs are one. */
export async function scheduleDelivery(tx: Tx, _grant: Grant<DeliveringAction>, sourceId: string): Promise<void> {
  const task = deliverTask(sourceId);
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json, job_key => ${task}, max_attempts => 25)`;
}

/** The job that raises what passed its SLA; one at each item's due instant, and one each minute in case any was lost. */
export const clockTask = (sourceId: string): string => `escalation-clock:${sourceId}`;

/** Sets the clocks of items, one statement however many: a job at each instant, replacing the item's earlier one. */
export async function scheduleClocks(tx: Tx, _grant: Grant<ChangingAction | OpeningAction>, sourceId: string, clocks: readonly { id: string; at: Date }[]): Promise<void> {
  if (!clocks.length) return;
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs((
      SELECT array_agg(ROW(${clockTask(sourceId)}, '{}', NULL, c."at", 25, 'clock:' || c."id", 0, NULL)::graphile_worker.job_spec)
      FROM json_to_recordset(${JSON.stringify(clocks)}::json) AS c("id" text, "at" timestamptz)))`;
}

/** The job that does to overrides what time asks for; one at each instant. */
export const overrideClockTask = (sourceId: string): string => `override-clock:${sourceId}`;

export async function scheduleOverrideClock(tx: Tx, _grant: Grant<ChangingOverride | "override.request">, sourceId: string, id: string, at: Date): Promise<void> {
  await tx.$executeRaw`SELECT graphile_worker.add_job(${overrideClockTask(sourceId)}, '{}'::json, run_at => ${at}::timestamptz, job_key => ${`override:${id}`}, max_attempts => 25)`;
}

/** The job that sends a source's notices outside the page. */
export const deliverNoticesTask = (sourceId: string): string => `deliver-notices:${sourceId}`;
