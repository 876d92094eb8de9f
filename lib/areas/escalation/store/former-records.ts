import "server-only";
import type { Tx } from "@/lib/kernel/db/client";
import type { AddPayload } from "@/lib/kernel/effect/effects";

/**
 * What an item's vanished records were: the bytes of each as it last stood in the queue file while the item was open, but for what was
 * decided in another item; and what the item says, should none have been recorded.
 */
export async function findFormer(tx: Tx, escalationId: string): Promise<AddPayload> {
  const [found] = await tx.$queryRaw<
    (Omit<AddPayload, "blockedAt" | "former"> & { blockedAt: Date; former: string[] | null })[]
  >`
    SELECT e."runId", e."reason", e."owner", e."lane", e."priority", e."slaMinutes", e."blockedAt",
      (SELECT json_agg(replace(encode(r."bytes", 'base64'), chr(10), '') ORDER BY r."line") FROM (
        SELECT DISTINCT ON (r."identityKey") r."bytes", r."line"
        FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = e."runId" AND r."kind" = 'escalation.pending' AND r."goneAt" > e."openedAt"
        WHERE f."sourceId" = e."sourceId" AND f."kind" = 'escalation_queue' AND NOT EXISTS (
          SELECT 1 FROM "Escalation" d JOIN "Effect" x ON x."subjectId" = d."id" AND x."kind" = 'thegent.resolve'
          WHERE d."sourceId" = e."sourceId" AND d."runId" = e."runId" AND jsonb_exists(COALESCE(x."payload"->'decided', '[]') || COALESCE(x."result"->'closed', '[]'), r."identityKey"))
        ORDER BY r."identityKey", r."goneAt" DESC) r) AS "former"
    FROM "Escalation" e WHERE e."id" = ${escalationId}::uuid`;
  const { former, blockedAt, ...facts } = found!;
  return { ...facts, blockedAt: blockedAt.toISOString(), former: former ?? [] };
}
