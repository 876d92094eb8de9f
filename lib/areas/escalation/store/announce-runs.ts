import "server-only";
import type { Tx } from "@/lib/kernel/db/client";
import { liveChannel } from "@/lib/kernel/live/contract";
import type { Grant } from "@/lib/model/decide";

/** More items than this are announced as "any". */
const named = 50;

/**
 * Tells open pages that what they show of these runs' items has changed, although the items themselves have not: a page shows
 * thegent's own lines of a run too. Heard when the transaction commits.
 */
export async function announceRuns(
  tx: Tx,
  _grant: Grant<"source.record">,
  fileId: string,
  runIds: readonly string[],
): Promise<void> {
  if (!runIds.length) return;
  await tx.$executeRaw`
    SELECT pg_notify(${liveChannel}, json_build_object('topic', 'escalations', 'ids', CASE WHEN count(*) <= ${named} THEN json_agg("id") END)::text)
    FROM (SELECT "id" FROM "Escalation" WHERE "sourceId" = (SELECT "sourceId" FROM "SourceFile" WHERE "id" = ${fileId}::uuid)
      AND "runId" = ANY (${[...runIds]}::text[]) LIMIT ${named + 1}) items
    HAVING count(*) > 0`;
}
