import "server-only";
import { listUnscheduled } from "@/lib/areas/escalation/store/clocks";
import { inTransaction } from "@/lib/kernel/db/client";
import { listSourceIds } from "@/lib/kernel/db/current-source";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

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
