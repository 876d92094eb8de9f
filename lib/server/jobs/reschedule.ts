import "server-only";
import { listSourceIds } from "@/lib/kernel/db/current-source";
import { scheduleMissing } from "./watch-clocks";

/** Sets all clocks anew. After a restore, which brings no jobs, the watch would take them for forgotten, and raise an incident. */
export async function reschedule(): Promise<void> {
  for (const sourceId of await listSourceIds()) while (await scheduleMissing(sourceId, "command line"));
}
