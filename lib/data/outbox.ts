import "server-only";
import type { Tx } from "./client";

/** The one job that carries effects of a source into thegent; see lib/jobs/deliver-effects.ts. */
export const deliverTask = "deliver-effects";

/** Wakes the delivery of a source's effects, in the transaction that made them. Several wake-ups before it runs are one. */
export async function scheduleDelivery(tx: Tx, sourceId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${deliverTask}, json_build_object('sourceId', ${sourceId}::text), job_key => ${`deliver:${sourceId}`}, max_attempts => 25)`;
}
