import "server-only";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import type { Override } from "@/lib/areas/override/domain/override";
import { overrideColumns, type StoredOverride } from "@/lib/areas/override/read/item";
import type { ChangingOverride } from "@/lib/kernel/act/doors";
import { db, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import type { Grant } from "@/lib/model/decide";
import type { Delegation } from "@/lib/model/delegation";

/** The override as the domain knows it, or null. */
export async function findOverride(tx: Tx | null, id: string): Promise<StoredOverride | null> {
  const [row] = await (tx ?? db()).$queryRaw<
    StoredOverride[]
  >`SELECT ${overrideColumns} FROM "Override" WHERE "id" = ${id}::uuid AND "sourceId" = ${await currentSourceId(tx)}::uuid`;
  return row ?? null;
}

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

/** Overrides to which time must do something, first due first, locked until the transaction ends; what another worker holds is left to it. */
export async function lockDueOverrides(
  tx: Tx,
  _grant: Grant<"override.pass-time">,
  sourceId: string,
  now: Date,
  most: number,
): Promise<StoredOverride[]> {
  return tx.$queryRaw<StoredOverride[]>`
    SELECT ${overrideColumns} FROM "Override" WHERE "sourceId" = ${sourceId}::uuid AND "nextAt" <= ${now} ORDER BY "nextAt" LIMIT ${most} FOR UPDATE SKIP LOCKED`;
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

/** Writes the override as it is to be, if it still is what it was read as, and sets its clock. False: somebody else was first. */
export async function saveOverride<A extends ChangingOverride>(
  tx: Tx,
  grant: Grant<A>,
  before: StoredOverride,
  next: Override,
  content?: Content,
): Promise<boolean> {
  const { id, version, sourceId } = before;
  const data = {
    ...next,
    version: version + 1,
    sourceId,
    ...(content && { content: JSON.parse(JSON.stringify(content)) as object }),
  };
  const { count } = await tx.override.updateMany({ where: { id, version, status: before.status }, data });
  if (count && next.nextAt && next.nextAt.getTime() !== before.nextAt?.getTime())
    await scheduleClocks(tx, grant, sourceId, "override", [{ id, at: next.nextAt }]);
  return count === 1;
}

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
