/** What no decision here stands behind, written in a few statements however many lines tell of it. */
import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { Taken } from "@/lib/areas/override/domain/borne";
import type { Backing, NewFinding } from "@/lib/areas/override/domain/findings";
import type { Tx } from "@/lib/kernel/db/client";
import { isKept } from "@/lib/kernel/words/text";
import type { Grant } from "@/lib/model/decide";

type Sync = Grant<"override.sync">;

/** Every override of these owners that was ever approved here. */
export async function listBackings(tx: Tx, sourceId: string, mentioned: readonly string[]): Promise<Backing[]> {
  const owners = mentioned.filter(isKept);
  if (!owners.length) return [];
  return tx.$queryRaw<Backing[]>`
    SELECT "owner", "justification", "decidedAt", "expiresAt", "endedAt" FROM "Override"
    WHERE "sourceId" = ${sourceId}::uuid AND md5("owner") IN (SELECT md5(o) FROM unnest(${owners}::text[]) o) AND "owner" = ANY (${owners}::text[]) AND "expiresAt" IS NOT NULL`;
}

/** What thegent has taken up: the overrides in force, and of these owners those that were ended here. */
export async function listTaken(tx: Tx, sourceId: string, owners: readonly string[], now: Date): Promise<Taken[]> {
  return tx.$queryRaw<Taken[]>`
    SELECT o."id" AS "overrideId", f."id" AS "effectId", o."owner", o."justification", o."decidedAt", o."expiresAt", o."endedAt"
    FROM "Override" o JOIN "Effect" f ON f."subjectId" = o."id" AND f."status" = 'applied'
      AND f."kind" = CASE o."status" WHEN 'revoked' THEN 'thegent.end-override' ELSE 'thegent.override' END
    WHERE o."sourceId" = ${sourceId}::uuid AND ((o."status" = 'active' AND o."expiresAt" > ${now}::timestamptz)
      OR (o."status" = 'revoked' AND o."owner" = ANY (${owners.filter(isKept)}::text[])))`;
}

/**
 * Notes findings, each subject once; the ids of those that are new. What is known keeps its row, and who looked at it: only its end moves, to
 * a later one, or, when the whole file was read (`whole`), to what the file says now.
 */
export async function applyFindings(
  tx: Tx,
  _grant: Sync,
  sourceId: string,
  findings: readonly NewFinding[],
  whole: boolean,
  now: Date,
): Promise<string[]> {
  if (!findings.length) return [];
  const rows = findings.map((finding, seq) => ({ ...finding, id: uuidv7({ msecs: now.getTime(), seq }) }));
  const noted = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    INSERT INTO "Finding" ("id", "sourceId", "kind", "subject", "owner", "reason", "at", "expiresAt", "foundAt")
    SELECT b."id", ${sourceId}::uuid, b."kind", b."subject", b."owner", b."reason", b."at", b."expiresAt", ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS b("id" uuid, "kind" "FindingKind", "subject" text, "owner" text, "reason" text, "at" timestamptz, "expiresAt" timestamptz)
    ON CONFLICT ("sourceId", "kind", "subject") DO UPDATE SET "expiresAt" = EXCLUDED."expiresAt"
      WHERE "Finding"."expiresAt" < EXCLUDED."expiresAt" OR (${whole} AND "Finding"."expiresAt" <> EXCLUDED."expiresAt")
    RETURNING "id", xmax = 0 AS "isNew"`;
  return noted.filter(({ isNew }) => isNew).map(({ id }) => id);
}

/** The file was read from its start: overrides that it holds no more let nobody pass any more. */
export async function endMissing(
  tx: Tx,
  _grant: Sync,
  sourceId: string,
  present: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Finding" SET "expiresAt" = ${now}::timestamptz
    WHERE "sourceId" = ${sourceId}::uuid AND "kind" = 'outside_override' AND "expiresAt" > ${now}::timestamptz AND "subject" <> ALL (${[...present]}::text[])`;
}

/** Somebody looked at it. False: somebody had before, or it is not there. */
export async function markSeen(
  tx: Tx,
  grant: Grant<"finding.settle">,
  sourceId: string,
  id: string,
  note: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.finding.updateMany({
    where: { id, sourceId, seenAt: null },
    data: { seenById: grant.actor.id, seenAt: now, seenNote: note },
  });
  return count === 1;
}

export async function findFinding(
  tx: Tx,
  sourceId: string,
  id: string,
): Promise<{ kind: string; subject: string; owner: string; seenById: string | null } | null> {
  return tx.finding.findFirst({
    where: { id, sourceId },
    select: { kind: true, subject: true, owner: true, seenById: true },
  });
}
