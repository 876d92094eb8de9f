import "server-only";
import type { DeliveryView, InboxCounts, InboxEntry, InboxPage, InboxQuery } from "@/lib/areas/inbox/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { noticeKinds, type NoticeKind } from "@/lib/kernel/notice/steps";
import { systemClock } from "@/lib/kernel/time";
import type { Grant } from "@/lib/model/decide";
import { failingChannels } from "./failing-channels";
import { noticeColumns, noticeJoins, ofSource, type NoticeItem } from "./notice-item";

const pageSize = 50;
/** Of a person's notices only so many, the newest, are looked at: what lies below was told long ago, and stands in its item's timeline. */
const mostNotices = 2000;

type Row = Omit<InboxEntry, "lastAt" | "item" | "deliveries"> &
  NoticeItem & { lastAt: Date; deliveries: DeliveryView[] | null };

/**
 * The reader's own notices about items and overrides of this source, newest first, like ones folded into one entry, settled ones apart from standing
 * ones; a page of 50 entries by keyset. Looks at the newest 2,000 notices only. An unusable `after` starts from the top.
 */
export async function readInbox(grant: Grant<"inbox.read">, query: InboxQuery, now: Date): Promise<InboxPage> {
  const rows = await db().$queryRaw<Row[]>`
    WITH "own" AS MATERIALIZED (
      SELECT n.* FROM "Notice" n ${noticeJoins}
      WHERE n."personId" = ${grant.actor.id}::uuid AND ${ofSource(await currentSourceId())} ${only(query)}
      ORDER BY n."lastAt" DESC, n."id" DESC LIMIT ${mostNotices}),
    "entry" AS (
      SELECT (array_agg("id" ORDER BY "lastAt" DESC, "id" DESC))[1] AS "id", count(DISTINCT "subjectId")::int AS "items", sum("count")::int AS "count",
        "endedAt" IS NULL AS "standing", bool_or("readAt" IS NULL AND "endedAt" IS NULL) AS "unread"
      FROM "own" GROUP BY "foldKey", "kind", "endedAt" IS NULL)
    SELECT n."id", n."kind"::text AS "kind", n."step", n."role"::text AS "role", n."letter", n."standsInFor"::text AS "standsInFor", n."lastAt", n."endedByAction", ender."name" AS "endedBy",
      f."items", f."count", f."standing", f."unread", ${noticeColumns},
      (SELECT json_agg(json_build_object('channel', d."channel", 'status', d."status", 'attempts', d."attempts", 'lastError', d."lastError",
        'deliveredAt', to_char(d."deliveredAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY d."channel") FROM "Delivery" d WHERE d."noticeId" = n."id") AS "deliveries"
    FROM "entry" f JOIN "own" n ON n."id" = f."id" ${noticeJoins} LEFT JOIN "Person" ender ON ender."id" = n."endedById"
    WHERE true ${below(query.after)}
    ORDER BY n."lastAt" DESC, n."id" DESC LIMIT ${pageSize + 1}`;
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  return {
    rows: shown.map(toEntry),
    next: last ? `${last.lastAt.toISOString()}_${last.id}` : null,
    now: now.toISOString(),
  };
}

const only = ({ show, kind }: InboxQuery) =>
  Prisma.join(
    [
      Prisma.empty,
      ...(show === "standing" ? [Prisma.sql`n."endedAt" IS NULL`] : []),
      ...(kind ? [Prisma.sql`n."kind" = ${kind}::"NoticeKind"`] : []),
    ],
    " AND ",
  );

function below(after: string | undefined): Prisma.Sql {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? "") ?? [];
  return at && id && !Number.isNaN(Date.parse(at))
    ? Prisma.sql`AND (n."lastAt", n."id") < (${at}::timestamptz, ${id}::uuid)`
    : Prisma.empty;
}

function toEntry({
  about,
  itemId,
  path,
  subject,
  reason,
  owner,
  status,
  dueAt,
  dueClock,
  lastAt,
  deliveries,
  ...entry
}: Row): InboxEntry {
  return {
    ...entry,
    lastAt: lastAt.toISOString(),
    item: { kind: about, id: itemId, path, subject, reason, owner, status, dueAt: dueAt.toISOString(), dueClock },
    deliveries: deliveries ?? [],
  };
}

/** The reader's unread notices that still stand, by kind; and the ways out of the page that do not work, whoever could not be told through them. */
export async function inboxCounts(grant: Grant<"inbox.read">, now: Date = systemClock()): Promise<InboxCounts> {
  const [unread, failing] = await Promise.all([
    db().$queryRaw<{ kind: NoticeKind; count: number }[]>`
      SELECT n."kind"::text AS "kind", count(*)::int AS "count" FROM "Notice" n ${noticeJoins}
      WHERE n."personId" = ${grant.actor.id}::uuid AND n."readAt" IS NULL AND n."endedAt" IS NULL AND ${ofSource(await currentSourceId())} GROUP BY n."kind"`,
    failingChannels(now),
  ]);
  const counts = Object.fromEntries(unread.map(({ kind, count }) => [kind, count]));
  return {
    unread: Object.fromEntries(noticeKinds.map((kind) => [kind, counts[kind] ?? 0])) as InboxCounts["unread"],
    failing,
  };
}

/** Which kinds of the reader's notices are also sent to them as e-mail. */
export async function emailKinds(grant: Grant<"inbox.read">): Promise<NoticeKind[]> {
  return (await db().person.findUniqueOrThrow({ where: { id: grant.actor.id }, select: { emailKinds: true } }))
    .emailKinds;
}
