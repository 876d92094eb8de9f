/** What the lists of overrides are narrowed by and ordered by, and positions in them. */
import "server-only";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { isOwner } from "@/lib/kernel/list/same-owner";

/** The tabs that list overrides; findings are something else. */
export type ListedTab = Exclude<OverrideQuery["tab"], "findings">;

/** Each tab has an index named for it: override_awaiting, override_in_force, override_over. */
const tabs: Readonly<
  Record<ListedTab, { holds: Prisma.Sql; by: "decideBy" | "expiresAt" | "requestedAt"; descending: boolean }>
> = {
  awaiting: { holds: Prisma.sql`o."status" = 'requested'`, by: "decideBy", descending: false },
  active: { holds: Prisma.sql`o."status" IN ('approved', 'active')`, by: "expiresAt", descending: false },
  history: {
    holds: Prisma.sql`o."status" IN ('denied', 'withdrawn', 'expired', 'revoked')`,
    by: "requestedAt",
    descending: true,
  },
};

/** The conditions of a query: of the tab, of its filters (all but the owner are the history's only), and beyond its position. */
export function overrideConditions(
  sourceId: string,
  tab: ListedTab,
  { q, status, owner, from, to, after }: OverrideQuery,
  fold: Prisma.Sql,
): Prisma.Sql {
  const { holds, by, descending } = tabs[tab];
  const where = [Prisma.sql`o."sourceId" = ${sourceId}::uuid`, holds];
  if (owner !== undefined) where.push(isOwner(Prisma.sql`o."owner"`, owner));
  if (tab === "history")
    where.push(
      ...daysHold(from, to),
      ...(status ? [Prisma.sql`o."status" = ${status}::"OverrideStatus"`] : []),
      ...(q ? [wordsHold(q, fold)] : []),
    );
  const position = readPosition(after);
  if (position) {
    const [at, id] = [Prisma.sql`${position.at}::timestamptz`, Prisma.sql`${position.id}::uuid`];
    const place = Prisma.sql`(o.${Prisma.raw(`"${by}"`)}, o."id")`;
    where.push(descending ? Prisma.sql`${place} < (${at}, ${id})` : Prisma.sql`${place} > (${at}, ${id})`);
  }
  return Prisma.join(where, " AND ");
}

/** Requested on or after, and before, these UTC days. */
export function daysHold(from: string | undefined, to: string | undefined): Prisma.Sql[] {
  // By the second: PostgreSQL reads no year 0, which is a day of the calendar all the same.
  const day = (text: string) => Prisma.sql`to_timestamp(${Date.parse(`${text}T00:00:00Z`) / 1000}::double precision)`;
  return [
    ...(from ? [Prisma.sql`o."requestedAt" >= ${day(from)}`] : []),
    ...(to ? [Prisma.sql`o."requestedAt" < ${day(to)}`] : []),
  ];
}

/** Every word stands somewhere in owner, justification or ticket, whatever the case. */
function wordsHold(q: string, fold: Prisma.Sql): Prisma.Sql {
  // "C" compares bytes: what was folded needs no language any more.
  const folded = (text: Prisma.Sql) => Prisma.sql`lower(${text} COLLATE ${fold}) COLLATE "C"`;
  const text = folded(Prisma.sql`(o."owner" || E'\n' || o."justification" || E'\n' || COALESCE(o."ticket", ''))`);
  return Prisma.join(
    q.split(/\s+/).map((word) => Prisma.sql`strpos(${text}, ${folded(Prisma.sql`${word}::text`)}) > 0`),
    " AND ",
  );
}

export function overrideOrder(tab: ListedTab): Prisma.Sql {
  const { by, descending } = tabs[tab];
  const column = Prisma.raw(`o."${by}"`);
  return descending ? Prisma.sql`${column} DESC, o."id" DESC` : Prisma.sql`${column}, o."id"`;
}

/** A place in a tab: the instant it is ordered by, and the id. */
export const overridePosition = (
  tab: ListedTab,
  row: { id: string; decideBy: Date; expiresAt: Date | null; requestedAt: Date },
): string => `${row[tabs[tab].by]!.toISOString()}_${row.id}`;

const position = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Null for what is no position. */
export function readPosition(text: string | undefined): { at: string; id: string } | null {
  const [, at, id] = position.exec(text ?? "") ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) ? { at, id } : null;
}
