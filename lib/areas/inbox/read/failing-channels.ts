import "server-only";
import type { InboxCounts } from "@/lib/areas/inbox/contract";
import { db } from "@/lib/kernel/db/client";

/** What failed longer ago than this troubles nobody any more. */
const failedForMs = 24 * 3_600_000;

/** Tries that may fail in silence; a receiver that is only restarted takes no longer. */
const patience = 3;

/** The channels that do not work, with how many notices have failed within a day or were refused three times and are still tried. From small indexes. */
export function failingChannels(now: Date): Promise<InboxCounts["failing"]> {
  return db().$queryRaw<InboxCounts["failing"]>`
    SELECT "channel"::text AS "channel", count(*)::int AS "failed", (array_agg("lastError" ORDER BY "nextTryAt" DESC))[1] AS "lastError"
    FROM "Delivery" WHERE ("status" = 'failed' AND "createdAt" > ${new Date(now.getTime() - failedForMs)})
      OR ("status" = 'pending' AND "attempts" >= ${patience} AND "lastError" IS NOT NULL)
    GROUP BY "channel" ORDER BY "channel"`;
}
