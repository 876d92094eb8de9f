import "server-only";
import { inTransaction } from "@/lib/data/client";
import { listSourceIds } from "@/lib/data/current-source";
import { listUnscheduled } from "@/lib/data/escalation-clocks";
import { scheduleClocks } from "@/lib/data/outbox";
import { grantSystem } from "@/lib/domain/operating-model/grant-system";
import { operatingModel } from "@/lib/domain/operating-model/model";

const atOnce = 10_000;
const grant = grantSystem(operatingModel, "escalation.escalate", "command line");

/** Sets the clocks of all open items anew. After a restore, which brings no jobs, the watch would take them for forgotten, and raise an incident. */
export async function reschedule(): Promise<void> {
  for (const sourceId of await listSourceIds()) {
    for (let more = true; more; ) {
      const missing = await listUnscheduled(sourceId, atOnce);
      await inTransaction((tx) => scheduleClocks(tx, grant, sourceId, missing));
      more = missing.length === atOnce;
    }
  }
}
