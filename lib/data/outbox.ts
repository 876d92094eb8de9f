import "server-only";
import type { Tx } from "./client";

/** The job that carries a source's effects into its thegent; only the worker on that directory knows its name. */
export const deliverTask = (sourceId: string): string => `deliver-effects:${sourceId}`;

/** Wakes the delivery of a source's effects, in the transaction that made them. Several wake-ups before it runs are one. */
export async function scheduleDelivery(tx: Tx, sourceId: string): Promise<void> {
  const task = deliverTask(sourceId);
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json, job_key => ${task}, max_attempts => 25)`;
}
