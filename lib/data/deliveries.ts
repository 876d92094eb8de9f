import "server-only";
import { liveChannel } from "@/lib/contracts/live";
import type { InboxCounts } from "@/lib/contracts/notices";
import type { NoticeKind, Step } from "@/lib/domain/notice/steps";
import type { Grant } from "@/lib/domain/operating-model/decide";
import type { Letter, Role } from "@/lib/domain/operating-model/roles";
import { db, inTransaction } from "./client";
import { Prisma } from "./generated/client";
import type { ChannelName } from "./generated/enums";
import { noticeColumns, noticeJoins, ofSource, type NoticeItem } from "./notice-item";

/** A way out of one source. */
export type Way = { sourceId: string; channel: ChannelName };

/** One notice that is to be sent, with what is said of its item or override. `times`: how often it was told. */
export type TakenNotice = {
  noticeId: string;
  times: number;
  step: Step;
  kind: NoticeKind;
  role: Role;
  letter: Letter;
  standsInFor: Role | null;
  at: Date;
  item: Omit<NoticeItem, "itemId"> & { id: string };
};

/** What one worker is to send to one person now. Until `lease` nobody else takes it; `tries` counts this one. */
export type Taken = { channel: ChannelName; person: { id: string; name: string; email: string }; notices: TakenNotice[]; tries: number; lease: Date };

type Row = Omit<TakenNotice, "item"> & NoticeItem & { personId: string; name: string; email: string; tries: number };

/**
 * Takes what has waited longest for one person: everything that was never tried yet at once, but what was tried together stays together,
 * so that the receiver knows it again. Where a worker dies over it, it is due again at `lease`. What ended meanwhile, and what is for
 * somebody who may not sign in any more, is dropped instead. Null: nothing is due.
 */
export function takeDue(_grant: Grant<"notice.deliver">, { sourceId, channel }: Way, now: Date, lease: Date): Promise<Taken | null> {
  return inTransaction(async (tx) => {
    // One taker at a time: two who begin together would share one person's notices out.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`take-deliveries:${sourceId}:${channel}`}, 0))`;
    await tx.$executeRaw`
      UPDATE "Delivery" d SET "status" = 'dropped' FROM "Notice" n JOIN "Person" p ON p."id" = n."personId"
      WHERE d."noticeId" = n."id" AND d."status" = 'pending' AND d."channel" = ${channel}::"ChannelName" AND d."nextTryAt" <= ${now} AND (n."endedAt" IS NOT NULL OR p."disabledAt" IS NOT NULL)`;
    const rows = await tx.$queryRaw<Row[]>`
      WITH "first" AS (
        SELECT n."personId", d."attempts", d."nextTryAt" FROM "Delivery" d JOIN "Notice" n ON n."id" = d."noticeId" ${noticeJoins}
        WHERE d."status" = 'pending' AND d."channel" = ${channel}::"ChannelName" AND d."nextTryAt" <= ${now} AND ${ofSource(sourceId)} AND n."endedAt" IS NULL
        ORDER BY d."nextTryAt", n."personId" LIMIT 1),
      "taken" AS (
        UPDATE "Delivery" d SET "attempts" = d."attempts" + 1, "nextTryAt" = ${lease}
        FROM "first" f JOIN "Notice" n ON n."personId" = f."personId" ${noticeJoins}
        WHERE d."noticeId" = n."id" AND d."status" = 'pending' AND d."channel" = ${channel}::"ChannelName" AND d."nextTryAt" <= ${now} AND ${ofSource(sourceId)}
          AND n."endedAt" IS NULL AND d."attempts" = f."attempts" AND (f."attempts" = 0 OR d."nextTryAt" = f."nextTryAt")
        RETURNING d."noticeId", d."attempts")
      SELECT t."noticeId", t."attempts" AS "tries", n."count" AS "times", n."step", n."kind"::text AS "kind", n."role"::text AS "role", n."letter",
        n."standsInFor"::text AS "standsInFor", n."lastAt" AS "at", ${noticeColumns},
        p."id" AS "personId", p."name", p."email"
      FROM "taken" t JOIN "Notice" n ON n."id" = t."noticeId" JOIN "Person" p ON p."id" = n."personId" ${noticeJoins}`;
    return toTaken(rows, channel, lease);
  });
}

function toTaken(rows: Row[], channel: ChannelName, lease: Date): Taken | null {
  const [first] = rows;
  if (!first) return null;
  const notices = rows.map(({ about, itemId, path, subject, reason, owner, status, dueAt, dueClock, noticeId, times, step, kind, role, letter, standsInFor, at }) => ({
    noticeId, times, step, kind, role, letter, standsInFor, at, item: { about, id: itemId, path, subject, reason, owner, status, dueAt, dueClock },
  }));
  return { channel, person: { id: first.personId, name: first.name, email: first.email }, notices, tries: first.tries, lease };
}

/** When more is due; null: nothing waits. */
export async function nextDue(_grant: Grant<"notice.deliver">, { sourceId, channel }: Way): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ at: Date | null }[]>`
    SELECT min(d."nextTryAt") AS "at" FROM "Delivery" d JOIN "Notice" n ON n."id" = d."noticeId" ${noticeJoins}
    WHERE d."status" = 'pending' AND d."channel" = ${channel}::"ChannelName" AND ${ofSource(sourceId)}`;
  return row?.at ?? null;
}

/** The receiver took it. What ended while it was under way was told all the same; what was told again meanwhile is still to be sent. */
export async function markDelivered(_grant: Grant<"notice.deliver">, taken: Taken, now: Date): Promise<void> {
  await db().$executeRaw`
    UPDATE "Delivery" SET "status" = 'delivered', "deliveredAt" = ${now}, "lastError" = NULL
    WHERE ${own(taken)} AND "status" IN ('pending', 'dropped')`;
  if (taken.tries > 1) await announce(taken);
}

/** The receiver did not take it, and why: it is tried again at `again`, or has failed (null). */
export async function markRefused(_grant: Grant<"notice.deliver">, taken: Taken, why: string, again: Date | null): Promise<void> {
  await db().$executeRaw`
    UPDATE "Delivery" SET "status" = ${again ? "pending" : "failed"}::"DeliveryStatus", "lastError" = ${why}, "nextTryAt" = COALESCE(${again}::timestamptz, "nextTryAt")
    WHERE ${own(taken)} AND "status" = 'pending'`;
  await announce(taken);
}

/** Still as they were taken. */
const own = ({ channel, notices, tries, lease }: Taken) =>
  Prisma.sql`"noticeId" = ANY (${notices.map(({ noticeId }) => noticeId)}::uuid[]) AND "channel" = ${channel}::"ChannelName" AND "attempts" = ${tries} AND "nextTryAt" = ${lease}`;

/** The person's page shows how their notices fare. */
async function announce({ person }: Taken): Promise<void> {
  await db().$executeRaw`SELECT pg_notify(${liveChannel}, ${JSON.stringify({ topic: "notices", ids: [person.id] })})`;
}

/** What failed longer ago than this troubles nobody any more. */
const failedForMs = 24 * 3_600_000;
/** Tries that may fail in silence; a receiver that is only restarted takes no longer. */
const patience = 3;

/** The channels that do not work, with how many notices have failed within a day or were refused three times and are still tried. From small indexes. */
export function failingChannels(now: Date): Promise<InboxCounts["failing"]> {
  return db().$queryRaw<InboxCounts["failing"]>`
    SELECT "channel"::text AS "channel", count(*)::int AS "failed", (array_agg("lastError" ORDER BY "nextTryAt" DESC))[1] AS "lastError"
    FROM "Delivery" WHERE ("status" = 'failed' AND "createdAt" > ${new Date(now.getTime() - failedForMs)})
      OR ("status" = 'pending' AND "attempts" >= ${patience} AND "lastError" IS NOT NULL)
    GROUP BY "channel" ORDER BY "channel"`;
}
