import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { EffectAction } from "@/lib/kernel/act/doors";
import { db, type Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import type { Grant } from "@/lib/model/decide";

/** What "thegent.resolve" needs: whose records, the word, and the instant of the decision. */
type ResolvePayload = {
  runId: string;
  word: string;
  at: string;
  /** Identity keys of the records that were decided on; older effects do not say. */ decided?: string[];
};
/** What "thegent.add" needs: the record, its instant as ISO 8601; or the lines that stood there before, as Base64 without their endings. */
export type AddPayload = {
  runId: string;
  reason: string;
  owner: string | null;
  lane: string;
  priority: number;
  slaMinutes: number;
  blockedAt: string;
  former?: string[];
};

/** What "thegent.override" needs: the record, instants as ISO 8601. */
type OverridePayload = { owner: string; reason: string; at: string; expiresAt: string };
/** What "thegent.end-override" needs: which record, and from when it is honoured no more. */
type EndOverridePayload = OverridePayload & { endAt: string };

export type NewEffect =
  | { subjectId: string; kind: "thegent.resolve"; payload: ResolvePayload }
  | { subjectId: string; kind: "thegent.add"; payload: AddPayload }
  | { subjectId: string; kind: "thegent.override"; payload: OverridePayload }
  | { subjectId: string; kind: "thegent.end-override"; payload: EndOverridePayload };

/** `again`: it was applied before, to the records with the identity keys `closed`, and thegent wrote over them. */
export type PendingEffect = { id: string; subjectKind: string; again: boolean; closed: string[] } & NewEffect;

/**
 * Notes, in the acts' own transaction, that thegent must still take them up. A resolution is told which records it decides on, as far as they are
 * recorded; also those that are gone. The item's own row is locked by its change.
 */
export async function addEffects(
  tx: Tx,
  _grant: Grant<EffectAction>,
  effects: readonly NewEffect[],
  now: Date,
): Promise<void> {
  const rows = effects.map((effect, seq) => ({ ...effect, id: uuidv7({ msecs: now.getTime(), seq }) }));
  await tx.$executeRaw`
    INSERT INTO "Effect" ("id", "subjectId", "kind", "payload", "createdAt")
    SELECT b."id", b."subjectId", b."kind",
      CASE b."kind" WHEN 'thegent.resolve' THEN b."payload" || jsonb_build_object('decided', ${decidedKeys}) ELSE b."payload" END, ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "subjectId" uuid, "kind" text, "payload" jsonb)`;
}

/** The identity keys of the item's records. */
const decidedKeys = Prisma.sql`coalesce((
  SELECT jsonb_agg(DISTINCT r."identityKey") FROM "Escalation" e JOIN "SourceFile" f ON f."sourceId" = e."sourceId" AND f."kind" = 'escalation_queue'
    JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = e."runId" AND r."kind" = 'escalation.pending' AND (r."goneAt" IS NULL OR r."goneAt" > e."openedAt")
  WHERE e."id" = b."subjectId" AND r."identityKey" IS NOT NULL), '[]'::jsonb)`;

/** Whether a record of the item is still to be written. */
export const isBeingAdded = async (tx: Tx, subjectId: string): Promise<boolean> =>
  (await tx.effect.count({ where: { subjectId, kind: "thegent.add", status: { not: "applied" } } })) > 0;

/** A failed effect becomes pending again. False: it was not failed. */
export async function retryEffect(tx: Tx, _grant: Grant<"escalation.retry">, subjectId: string): Promise<boolean> {
  const { count } = await tx.effect.updateMany({ where: { subjectId, status: "failed" }, data: { status: "pending" } });
  return count > 0;
}

/** What a source's thegent must still take up, oldest first. Failed ones are tried again too. */
export async function listUnapplied(
  _grant: Grant<"escalation.take-up">,
  sourceId: string,
  most: number,
): Promise<PendingEffect[]> {
  const effects = await db().effect.findMany({
    where: { status: { not: "applied" }, subject: { sourceId } },
    orderBy: { createdAt: "asc" },
    take: most,
    select: {
      id: true,
      subjectId: true,
      kind: true,
      payload: true,
      result: true,
      appliedAt: true,
      subject: { select: { kind: true } },
    },
  });
  return effects.map(({ result, appliedAt, subject, ...effect }) => ({
    ...(effect as unknown as { id: string } & NewEffect),
    subjectKind: subject.kind,
    again: appliedAt !== null,
    closed: (result as { closed?: string[] } | null)?.closed ?? [],
  }));
}

/** False: another worker was faster. `closed` are the identity keys of all records it has closed in the file so far. */
export async function markApplied(
  tx: Tx,
  _grant: Grant<"escalation.take-up">,
  id: string,
  closed: string[],
  now: Date,
): Promise<boolean> {
  const { count } = await tx.effect.updateMany({
    where: { id, status: { not: "applied" } },
    data: {
      status: "applied",
      appliedAt: now,
      lastTriedAt: now,
      lastError: null,
      attempts: { increment: 1 },
      result: { closed },
    },
  });
  return count === 1;
}

/** The first `patience` failures stay "pending": they are retried within seconds. After that people are shown the reason. */
export async function markFailed(
  _grant: Grant<"escalation.take-up">,
  ids: string[],
  reason: string,
  now: Date,
  patience: number,
): Promise<void> {
  const where = { id: { in: ids }, status: { not: "applied" as const } };
  await db().$transaction([
    db().effect.updateMany({
      where,
      data: { attempts: { increment: 1 }, lastError: reason.slice(0, 500), lastTriedAt: now },
    }),
    db().effect.updateMany({ where: { ...where, attempts: { gte: patience } }, data: { status: "failed" } }),
  ]);
}

/** Applied effects that the file no longer bears are pending again. The ids of what they are of. */
export async function reopenEffects(
  tx: Tx,
  _grant: Grant<"escalation.sync" | "override.sync">,
  effectIds: readonly string[],
): Promise<string[]> {
  if (!effectIds.length) return [];
  const reopened = await tx.effect.updateManyAndReturn({
    where: { id: { in: [...effectIds] }, status: "applied" },
    data: { status: "pending", attempts: 0, lastError: "thegent's file no longer says so; it is being written again." },
    select: { subjectId: true },
  });
  return reopened.map(({ subjectId }) => subjectId);
}
