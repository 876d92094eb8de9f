import "server-only";
import type { RelatedItem } from "@/lib/areas/escalation/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { isOwner } from "@/lib/kernel/list/same-owner";
import { states } from "./filters";

/** Items of one reason why they belong together. */
const each = 10;
const most = 20;

/** One reason why an item belongs to another. */
export type RawRelated = Omit<RelatedItem, "because"> & { why: RelatedItem["because"][number] };

const columns = Prisma.sql`o."id", o."subject", o."reason", o."status", to_char(o."dueAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "dueAt",
  to_char(o."closedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "closedAt"`;

const open = (how: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT e.* FROM "Escalation" e WHERE e."sourceId" = main."sourceId" AND ${states.active} AND e."id" <> main."id" AND ${how} ORDER BY e."dueAt", e."id" LIMIT ${each}::int`;

/** A column of RawRelated[] for the item `main`: its run's other items, newest first, and the open ones of its owner and of its reason, first due first. */
export const relatedColumn = Prisma.sql`
  (SELECT json_agg(related) FROM (
    (SELECT 'run' AS "why", ${columns} FROM (
      SELECT e.* FROM "Escalation" e WHERE e."sourceId" = main."sourceId" AND e."runId" = main."runId" AND e."id" <> main."id" ORDER BY e."openedAt" DESC LIMIT ${each}::int) o)
    UNION ALL (SELECT 'owner', ${columns} FROM (${open(isOwner(Prisma.sql`e."owner"`, Prisma.sql`main."owner"`))}) o)
    UNION ALL (SELECT 'reason', ${columns} FROM (${open(Prisma.sql`md5(e."reason") = md5(main."reason") AND e."reason" = main."reason"`)}) o)) related)`;

/** Each item once, with every reason why it is there. */
export function toRelated(raw: readonly RawRelated[] | null): RelatedItem[] {
  const items = new Map<string, RelatedItem>();
  for (const { why, ...item } of raw ?? []) {
    const known = items.get(item.id);
    items.set(item.id, { ...item, because: [...(known?.because ?? []), why] });
  }
  return [...items.values()].slice(0, most);
}
