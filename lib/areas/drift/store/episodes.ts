import "server-only";
import type { Episode, Finding } from "@/lib/areas/drift/domain/episodes";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

type Following = Grant<"drift.follow">;

/** How long back an item of the queue that was closed still counts as the last about its subject. */
const atMost = 1_000;

/**
 * A source's open episodes, as the domain knows them. The item says how far one is: taken up by somebody it is investigated, with its finding
 * it is remediated. Accepting drift is not among them yet.
 */
export async function listOpenEpisodes(tx: Tx, sourceId: string): Promise<Episode[]> {
  return tx.$queryRaw<Episode[]>`
    SELECT d."id", d."contract", d."provider", d."openedAt", d."fineSince", NULL AS "acceptedUntil",
      CASE WHEN e."finding" IS NOT NULL THEN 'remediating' WHEN e."status" = 'claimed' THEN 'investigating' ELSE 'detected' END AS "status"
    FROM "DriftEpisode" d JOIN "Escalation" e ON e."id" = d."id"
    WHERE d."sourceId" = ${sourceId}::uuid AND e."status" IN ('open', 'claimed') ORDER BY d."openedAt" LIMIT ${atMost}`;
}

export type NewEpisode = {
  /** Its item's. */
  id: string;
  contract: string | null;
  provider: string | null;
  findings: readonly Finding[];
  /** thegent's figures at this moment. */
  figures: object;
};

export async function insertEpisode(
  tx: Tx,
  _grant: Following,
  sourceId: string,
  { findings, figures, ...episode }: NewEpisode,
  now: Date,
): Promise<void> {
  const found = findings.map(({ what, says }) => ({ what, says }));
  await tx.driftEpisode.create({ data: { ...episode, sourceId, findings: found, figures, openedAt: now } });
}

/** Since when each is fine; null: something of it is found again. */
export async function noteFine(
  tx: Tx,
  _grant: Following,
  episodes: readonly Pick<Episode, "id" | "fineSince">[],
): Promise<void> {
  if (!episodes.length) return;
  const rows = episodes.map(({ id, fineSince }) => ({ id, fineSince }));
  await tx.$executeRaw`
    UPDATE "DriftEpisode" d SET "fineSince" = b."fineSince" FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "fineSince" timestamptz)
    WHERE d."id" = b."id"`;
}

/** Nobody else looks at this source's drift until the transaction ends. False: there is nothing to look at, or its file is not read to its end. */
export async function holdDrift(tx: Tx, _grant: Following, sourceId: string): Promise<boolean> {
  const held = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM "DriftState" WHERE "sourceId" = ${sourceId}::uuid FOR UPDATE`;
  if (!held.length) return false;
  const unread = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "SourceFile" WHERE "sourceId" = ${sourceId}::uuid AND "kind" = 'contract_telemetry' AND "goneAt" IS NULL AND ("offset" < "size" OR "rereadSince" IS NOT NULL)`;
  return !unread.length;
}
