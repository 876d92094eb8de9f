import "server-only";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import { itemColumns, toItem, type Item, type StoredItem } from "@/lib/areas/escalation/read/item";
import type { ChangingAction, OpeningAction } from "@/lib/kernel/act/doors";
import { db, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import type { Change } from "@/lib/kernel/subject/apply-changes";
import type { Take } from "@/lib/kernel/subject/pass-time";
import type { Grant } from "@/lib/model/decide";

/** The items as the domain knows them, by id; those that do not exist are missing. One statement. */
export async function findEscalations(tx: Tx | null, ids: readonly string[]): Promise<Map<string, Item>> {
  const rows = await (tx ?? db()).$queryRaw<StoredItem[]>`
    SELECT ${itemColumns} FROM "Escalation" WHERE "id" = ANY (${[...ids]}::uuid[]) AND "sourceId" = ${await currentSourceId(tx)}::uuid`;
  return new Map(rows.map((row) => [row.id, toItem(row)]));
}

/** The item, or null; it stays as it is until the transaction ends: something is decided by it. */
export async function holdEscalation(tx: Tx, id: string): Promise<Item | null> {
  await tx.$queryRaw`SELECT 1 FROM "Escalation" WHERE "id" = ${id}::uuid FOR SHARE`;
  return (await findEscalations(tx, [id])).get(id) ?? null;
}

/** Open items to which time must do something, first due first, locked until the transaction ends. What somebody else holds is passed over, or waited for. */
export async function lockDue(
  tx: Tx,
  _grant: Grant<"escalation.escalate">,
  sourceId: string,
  now: Date,
  { most, wait }: Take,
): Promise<Item[]> {
  const rows = await tx.$queryRaw<StoredItem[]>`
    SELECT ${itemColumns} FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "nextAt" <= ${now} ORDER BY "nextAt" LIMIT ${most} FOR UPDATE ${wait ? Prisma.empty : Prisma.sql`SKIP LOCKED`}`;
  return rows.map(toItem);
}

export type ItemChange = Change<Item, Escalation>;

/**
 * Writes items of one source as they are to be, in one statement, each only if it still is what it was read as; and sets their clocks. Answers the ids
 * that were written: of the others somebody else was first.
 */
export async function saveItems<A extends ChangingAction>(
  tx: Tx,
  grant: Grant<A>,
  changes: readonly ItemChange[],
): Promise<Set<string>> {
  if (!changes.length) return new Set();
  const rows = changes.map(({ before, next }) => ({
    ...next,
    version: before.version,
    wasStatus: before.status,
    closedIn: next.closedAt && !before.closedAt ? "cockpit" : null,
  }));
  const saved = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "status" = b."status", "clocks" = b."clocks", "dueAt" = b."dueAt", "dueClock" = b."dueClock", "nextAt" = b."nextAt",
      "claimedById" = b."claimedById", "claimedAt" = b."claimedAt", "claimQuietAt" = b."claimQuietAt", "closedById" = b."closedById", "closedAt" = b."closedAt",
      "closedIn" = COALESCE(b."closedIn", e."closedIn"), "outcome" = b."outcome", "note" = b."note", "lateCause" = b."lateCause", "level" = b."level",
      "escalatedAt" = b."escalatedAt", "breachedAt" = b."breachedAt", "finding" = b."finding", "adapterChange" = b."adapterChange", "adapterChangeById" = b."adapterChangeById",
      "signedOffById" = b."signedOffById", "signedOffAt" = b."signedOffAt", "signOffNote" = b."signOffNote"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b(${changeColumns})
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" = b."wasStatus" RETURNING e."id"`;
  const ids = new Set(saved.map(({ id }) => id));
  await setClocks(
    tx,
    grant,
    changes.filter(({ next }) => ids.has(next.id)),
  );
  return ids;
}

const changeColumns = Prisma.sql`"id" uuid, "version" int, "wasStatus" "EscalationStatus", "status" "EscalationStatus", "clocks" jsonb, "dueAt" timestamptz, "dueClock" text,
  "nextAt" timestamptz, "claimedById" uuid, "claimedAt" timestamptz, "claimQuietAt" timestamptz, "closedById" uuid, "closedAt" timestamptz, "closedIn" "ClosedIn",
  "outcome" "ResolutionOutcome", "note" text, "lateCause" text, "level" int, "escalatedAt" timestamptz, "breachedAt" timestamptz, "finding" text, "adapterChange" boolean, "adapterChangeById" uuid,
  "signedOffById" uuid, "signedOffAt" timestamptz, "signOffNote" text`;

/** The clock of an item that has nothing to wait for any more is left to ring: it finds nothing due. */
export async function setClocks(
  tx: Tx,
  grant: Grant<ChangingAction | OpeningAction>,
  changes: readonly ItemChange[],
): Promise<void> {
  const moved = changes.filter(({ before, next }) => next.nextAt && next.nextAt.getTime() !== before.nextAt?.getTime());
  if (moved.length)
    await scheduleClocks(
      tx,
      grant,
      moved[0]!.before.sourceId,
      "escalation",
      moved.map(({ next }) => ({ id: next.id, at: next.nextAt! })),
    );
}

/** A new item's facts that are not the domain's. */
export type NewItem = Escalation & {
  sourceId: string;
  priority: number;
  lane: string;
  agent: string | null;
  recordCount: number;
  blockedAt: Date;
  slaMinutes: number;
  modelVersion: string;
  openedAt: Date;
  routedRole: string;
  routedToId: string | null;
  routedBackup: boolean;
  openedById: string | null;
  previousId: string | null;
};

/** Inserts items of one source and sets their clocks, in two statements however many. An item whose subject has an open one already is passed over; answers the ids that were made. */
export async function insertItems(
  tx: Tx,
  grant: Grant<OpeningAction>,
  items: readonly NewItem[],
): Promise<Set<string>> {
  if (!items.length) return new Set();
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Escalation" ("id", "sourceId", "path", "subject", "runId", "severity", "previousId", "priority", "lane", "owner", "ownerShown", "agent", "reason", "recordCount", "blockedAt", "dueAt",
      "dueClock", "clocks", "nextAt", "slaMinutes", "level", "escalatedAt", "breachedAt", "routedRole", "routedToId", "routedBackup", "openedById", "modelVersion", "openedAt")
    SELECT b.* FROM json_to_recordset(${JSON.stringify(items)}::json) AS b("id" uuid, "sourceId" uuid, "path" "EscalationPath", "subject" text, "runId" text, "severity" "Severity",
      "previousId" uuid, "priority" int, "lane" text, "owner" text, "ownerShown" text, "agent" text, "reason" text, "recordCount" int, "blockedAt" timestamptz, "dueAt" timestamptz, "dueClock" text,
      "clocks" jsonb, "nextAt" timestamptz, "slaMinutes" int, "level" int, "escalatedAt" timestamptz, "breachedAt" timestamptz, "routedRole" "Role", "routedToId" uuid,
      "routedBackup" boolean, "openedById" uuid, "modelVersion" text, "openedAt" timestamptz)
    ON CONFLICT ("sourceId", "path", "subject") WHERE "status" IN ('open', 'claimed') DO NOTHING RETURNING "id"`;
  const ids = new Set(made.map(({ id }) => id));
  await scheduleClocks(
    tx,
    grant,
    items[0]!.sourceId,
    "escalation",
    items.flatMap(({ id, nextAt }) => (ids.has(id) && nextAt ? [{ id, at: nextAt }] : [])),
  );
  return ids;
}
