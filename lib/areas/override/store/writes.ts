import "server-only";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import type { Override } from "@/lib/areas/override/domain/override";
import { overrideColumns, type StoredOverride } from "@/lib/areas/override/read/item";
import type { ChangingOverride } from "@/lib/kernel/act/doors";
import { db, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import type { Change } from "@/lib/kernel/subject/apply-changes";
import type { Take } from "@/lib/kernel/subject/pass-time";
import type { Grant } from "@/lib/model/decide";
import type { Delegation } from "@/lib/model/delegation";

/** The overrides as the domain knows them, by id; those that do not exist are missing. One statement. */
export async function findOverrides(tx: Tx | null, ids: readonly string[]): Promise<Map<string, StoredOverride>> {
  const rows = await (tx ?? db()).$queryRaw<StoredOverride[]>`
    SELECT ${overrideColumns} FROM "Override" WHERE "id" = ANY (${[...ids]}::uuid[]) AND "sourceId" = ${await currentSourceId(tx)}::uuid`;
  return new Map(rows.map((row) => [row.id, row]));
}

const findOverride = async (tx: Tx | null, id: string): Promise<StoredOverride | null> =>
  (await findOverrides(tx, [id])).get(id) ?? null;

/** The same, and it stays as it is until the transaction ends: something is decided by it. */
export async function holdOverride(tx: Tx, id: string): Promise<StoredOverride | null> {
  await tx.$queryRaw`SELECT 1 FROM "Override" WHERE "id" = ${id}::uuid FOR SHARE`;
  return findOverride(tx, id);
}

/** The same whatever source it belongs to; for jobs. */
export async function findOverrideOf(tx: Tx, id: string): Promise<StoredOverride | null> {
  const [row] = await tx.$queryRaw<
    StoredOverride[]
  >`SELECT ${overrideColumns} FROM "Override" WHERE "id" = ${id}::uuid`;
  return row ?? null;
}

/** Overrides to which time must do something, first due first, locked until the transaction ends. What somebody else holds is passed over, or waited for. */
export async function lockDueOverrides(
  tx: Tx,
  _grant: Grant<"override.pass-time">,
  sourceId: string,
  now: Date,
  { most, wait }: Take,
): Promise<StoredOverride[]> {
  return tx.$queryRaw<StoredOverride[]>`
    SELECT ${overrideColumns} FROM "Override" WHERE "sourceId" = ${sourceId}::uuid AND "nextAt" <= ${now} ORDER BY "nextAt" LIMIT ${most} FOR UPDATE ${wait ? Prisma.empty : Prisma.sql`SKIP LOCKED`}`;
}

/** A new request. False: one about the same owner and run waits already. */
export async function insertOverride(
  tx: Tx,
  grant: Grant<"override.request">,
  sourceId: string,
  override: Override,
): Promise<boolean> {
  const { count } = await tx.override.createMany({ data: [{ ...override, sourceId }], skipDuplicates: true });
  if (count && override.nextAt)
    await scheduleClocks(tx, grant, sourceId, "override", [{ id: override.id, at: override.nextAt }]);
  return count === 1;
}

/** An override as it is to be; `content`: what was decided on, kept from now on. */
export type NextOverride = Override & { content?: Content };

/**
 * Writes overrides of one source as they are to be, in one statement, each only if it still is what it was read as; and sets their clocks. Answers
 * the ids that were written: of the others somebody else was first.
 */
export async function saveOverrides<A extends ChangingOverride>(
  tx: Tx,
  grant: Grant<A>,
  changes: readonly Change<StoredOverride, NextOverride>[],
): Promise<Set<string>> {
  if (!changes.length) return new Set();
  const rows = changes.map(({ before, next }) => ({ ...next, version: before.version, wasStatus: before.status }));
  const saved = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Override" o SET "version" = o."version" + 1, "status" = b."status", "advisedById" = b."advisedById", "advisedAt" = b."advisedAt", "advice" = b."advice",
      "adviceInFavour" = b."adviceInFavour", "decidedById" = b."decidedById", "decidedForId" = b."decidedForId", "decidedAt" = b."decidedAt", "decisionNote" = b."decisionNote",
      "withoutConsultation" = b."withoutConsultation", "approvedSeconds" = b."approvedSeconds", "expiresAt" = b."expiresAt", "content" = COALESCE(b."content", o."content"),
      "contentHash" = b."contentHash", "endedById" = b."endedById", "endedAt" = b."endedAt", "endReason" = b."endReason", "overdueAt" = b."overdueAt", "warnedAt" = b."warnedAt",
      "nextAt" = b."nextAt"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b(${changeColumns})
    WHERE o."id" = b."id" AND o."version" = b."version" AND o."status" = b."wasStatus" RETURNING o."id"`;
  const ids = new Set(saved.map(({ id }) => id));
  const moved = changes.filter(
    ({ before, next }) => ids.has(before.id) && next.nextAt && next.nextAt.getTime() !== before.nextAt?.getTime(),
  );
  const clocks = moved.map(({ next }) => ({ id: next.id, at: next.nextAt! }));
  await scheduleClocks(tx, grant, changes[0]!.before.sourceId, "override", clocks);
  return ids;
}

const changeColumns = Prisma.sql`"id" uuid, "version" int, "wasStatus" "OverrideStatus", "status" "OverrideStatus", "advisedById" uuid, "advisedAt" timestamptz, "advice" text,
  "adviceInFavour" boolean, "decidedById" uuid, "decidedForId" uuid, "decidedAt" timestamptz, "decisionNote" text, "withoutConsultation" text, "approvedSeconds" int,
  "expiresAt" timestamptz, "content" jsonb, "contentHash" text, "endedById" uuid, "endedAt" timestamptz, "endReason" text, "overdueAt" timestamptz, "warnedAt" timestamptz,
  "nextAt" timestamptz`;

export async function insertDelegation(
  tx: Tx,
  _grant: Grant<"override.delegate">,
  delegation: Delegation,
  now: Date,
): Promise<void> {
  await tx.delegation.create({ data: { ...delegation, createdAt: now } });
}

/** False: it was over already, or is somebody else's. */
export async function endDelegation(
  tx: Tx,
  grant: Grant<"override.delegate">,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.delegation.updateMany({
    where: { id, fromId: grant.actor.id, endedAt: null },
    data: { endedAt: now },
  });
  return count === 1;
}
