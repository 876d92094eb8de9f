import "server-only";
import type { EpisodeView } from "@/lib/areas/drift/contract";
import { db } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** Those that are open, and the newest of those that ended; as many as a page lists. */
const most = 20;

type Row = Omit<EpisodeView, "openedAt" | "fineSince" | "endedAt"> & {
  openedAt: Date;
  fineSince: Date | null;
  endedAt: Date | null;
};

/** Episodes of drift, open ones first, newest first. */
export async function readEpisodes(_grant: Grant<"drift.view">, sourceId: string): Promise<EpisodeView[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT d."id", e."subject", d."openedAt", d."fineSince", e."closedAt" AS "endedAt", e."adapterChange", holder."name" AS "holder",
      ARRAY(SELECT f->>'says' FROM jsonb_array_elements(d."findings") f) AS "found",
      d."status"::text AS "status"
    FROM "DriftEpisode" d JOIN "Escalation" e ON e."id" = d."id" LEFT JOIN "Person" holder ON holder."id" = e."claimedById"
    WHERE d."sourceId" = ${sourceId}::uuid ORDER BY e."closedAt" IS NOT NULL, d."openedAt" DESC, d."id" LIMIT ${most}`;
  return rows.map(({ openedAt, fineSince, endedAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    fineSince: fineSince?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }));
}
