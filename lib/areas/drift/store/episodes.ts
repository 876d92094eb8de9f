import "server-only";
import type { Episode, Finding } from "@/lib/areas/drift/domain/episodes";
import { findTimeFrom } from "@/lib/areas/drift/read/telemetry";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

type Following = Grant<"drift.follow">;

/** As many as are looked at. */
const atMost = 1_000;

/**
 * A source's open episodes, as the domain knows them, and those that ended by a decision which may still hold: what was remediated or dismissed and is found
 * ever since, and waivers whose end nobody has heard. What an episode returned as stands for it.
 */
export async function listEpisodes(tx: Tx, sourceId: string): Promise<Episode[]> {
  return tx.$queryRaw<Episode[]>`
    SELECT d."id", d."contract", d."provider", d."openedAt", d."fineSince", d."acceptedUntil", d."status"::text AS "status", e."closedAt" AS "endedAt",
      CASE WHEN d."shown" IS NULL THEN ARRAY(SELECT f->>'what' FROM jsonb_array_elements(d."findings") f) ELSE ARRAY(SELECT jsonb_array_elements_text(d."shown"->'found')) END AS "kinds"
    FROM "DriftEpisode" d JOIN "Escalation" e ON e."id" = d."id"
    WHERE d."sourceId" = ${sourceId}::uuid AND NOT EXISTS (SELECT 1 FROM "DriftEpisode" r WHERE r."previousId" = d."id")
      AND (d."status" IN ('detected', 'investigating', 'remediating') OR (d."status" IN ('remediated', 'dismissed') AND d."fineSince" IS NULL)
        OR (d."status" = 'accepted' AND d."waiverEndedAt" IS NULL)) ORDER BY d."openedAt" LIMIT ${atMost}`;
}

/** Whoever acts on the item of an open episode waits until the transaction ends: items are held before their episodes, as acts do. */
export async function holdOpenItems(tx: Tx, _grant: Following, sourceId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "path" = 'contract_drift' AND "status" IN ('open', 'claimed') ORDER BY "id" FOR NO KEY UPDATE`;
}

/** The waiver is over: its end was heard. */
export async function endWaiver(tx: Tx, _grant: Grant<"drift.end-waiver">, id: string, now: Date): Promise<void> {
  await tx.$executeRaw`UPDATE "DriftEpisode" SET "waiverEndedAt" = ${now} WHERE "id" = ${id}::uuid AND "status" = 'accepted' AND "waiverEndedAt" IS NULL`;
}

export type NewEpisode = {
  /** Its item's. */
  id: string;
  contract: string | null;
  provider: string | null;
  findings: readonly Finding[];
  previousId: string | null;
  /** thegent's figures at this moment. */
  figures: object;
  /** The line of the telemetry with which it began. */
  beganWith: number | null;
};

export async function insertEpisode(
  tx: Tx,
  _grant: Following,
  sourceId: string,
  { findings, figures, beganWith, ...episode }: NewEpisode,
  now: Date,
): Promise<void> {
  const found = findings.map(({ what, says }) => ({ what, says }));
  const beganAt = beganWith === null ? null : await findTimeFrom(tx, sourceId, beganWith);
  await tx.driftEpisode.create({ data: { ...episode, sourceId, findings: found, figures, openedAt: now, beganAt } });
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
