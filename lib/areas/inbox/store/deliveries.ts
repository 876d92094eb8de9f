import "server-only";
import { v7 as uuidv7 } from "uuid";
import { noticeColumns, noticeJoins, ofSource, type NoticeItem } from "@/lib/areas/inbox/read/notice-item";
import { db, inTransaction, type Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import type { ChannelName } from "@/lib/kernel/db/generated/enums";
import { liveChannel } from "@/lib/kernel/live/contract";
import type { NoticeKind, Step } from "@/lib/kernel/notice/steps";
import type { Leaving, Waiting } from "@/lib/kernel/notice/window";
import type { Grant } from "@/lib/model/decide";
import type { Letter, Role } from "@/lib/model/roles";

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

/**
 * The message that one worker is to send to one person now. Until `lease` nobody else takes it; `tries` counts this one. `heldSince`: it was
 * held back since then.
 */
export type Taken = {
  messageId: string;
  channel: ChannelName;
  person: { id: string; name: string; email: string };
  notices: TakenNotice[];
  tries: number;
  lease: Date;
  heldSince: Date | null;
};

type Row = Omit<TakenNotice, "item"> &
  NoticeItem & { personId: string; name: string; email: string; messageId: string; tries: number; heldAt: Date | null };

/**
 * Takes what has waited longest for one person: a message that was not accepted as it was then, so that the receiver knows it again; or what
 * was never tried yet, as one message, but for what `divide` holds back. Where a worker dies over it, it is due again at `lease`. What ended
 * meanwhile, and what is for somebody who may not sign in any more, is dropped instead. Null: nothing is due.
 */
export function takeDue(
  _grant: Grant<"notice.deliver">,
  way: Way,
  { now, lease, divide }: { now: Date; lease: Date; divide: Divide },
): Promise<Taken | null> {
  return inTransaction(async (tx) => {
    // One taker at a time: two who begin together would share one person's notices out.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`take-deliveries:${way.sourceId}:${way.channel}`}, 0))`;
    await tx.$executeRaw`
      UPDATE "Delivery" d SET "status" = 'dropped' FROM "Notice" n JOIN "Person" p ON p."id" = n."personId"
      WHERE d."noticeId" = n."id" AND d."status" = 'pending' AND d."channel" = ${way.channel}::"ChannelName" AND d."nextTryAt" <= ${now}
        AND (n."endedAt" IS NOT NULL OR p."disabledAt" IS NOT NULL)`;
    for (;;) {
      const [first] = await tx.$queryRaw<{ personId: string; messageId: string | null }[]>`
        SELECT n."personId", d."messageId" FROM "Delivery" d JOIN "Notice" n ON n."id" = d."noticeId" ${noticeJoins}
        WHERE ${isDue(way, now)} ORDER BY d."nextTryAt", n."personId" LIMIT 1`;
      if (!first) return null;
      const messageId = first.messageId ?? (await makeMessage(tx, way, first.personId, now, divide));
      if (messageId) return takeMessage(tx, way, messageId, now, lease);
    }
  });
}

const isDue = ({ sourceId, channel }: Way, now: Date): Prisma.Sql => Prisma.sql`
  d."status" = 'pending' AND d."channel" = ${channel}::"ChannelName" AND d."nextTryAt" <= ${now} AND ${ofSource(sourceId)} AND n."endedAt" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "ChannelPause" c WHERE c."channel" = d."channel" AND c."until" > ${now})`;

/** Which of what was never tried yet leaves now: lib/kernel/notice/window.ts. */
export type Divide = (waiting: readonly WaitingNotice[], openedAt: Date | null) => Leaving<WaitingNotice>;
type WaitingNotice = Waiting & { noticeId: string };

/** Makes a message of what leaves now, and holds back the rest; null: all of it is held back. */
async function makeMessage(tx: Tx, way: Way, personId: string, now: Date, divide: Divide): Promise<string | null> {
  const { channel } = way;
  const waiting = await tx.$queryRaw<WaitingNotice[]>`
    SELECT d."noticeId", n."urgent", s."dueAt" FROM "Delivery" d JOIN "Notice" n ON n."id" = d."noticeId" ${noticeJoins}
    WHERE ${isDue(way, now)} AND n."personId" = ${personId}::uuid AND d."messageId" IS NULL`;
  const window = await tx.deliveryWindow.findUnique({
    where: { personId_channel: { personId, channel } },
    select: { openedAt: true },
  });
  const { leaves, held, opens } = divide(waiting, window?.openedAt ?? null);
  if (held) {
    await tx.$executeRaw`
      UPDATE "Delivery" SET "nextTryAt" = ${held.until}, "heldAt" = COALESCE("heldAt", ${now}) WHERE ${these(held.all)} AND "channel" = ${channel}::"ChannelName"`;
  }
  if (!leaves.length) return null;
  const messageId = uuidv7({ msecs: now.getTime() });
  await tx.$executeRaw`UPDATE "Delivery" SET "messageId" = ${messageId}::uuid WHERE ${these(leaves)} AND "channel" = ${channel}::"ChannelName"`;
  if (opens)
    await tx.deliveryWindow.upsert({
      where: { personId_channel: { personId, channel } },
      create: { personId, channel, openedAt: now },
      update: { openedAt: now },
    });
  return messageId;
}

const these = (notices: readonly { noticeId: string }[]): Prisma.Sql =>
  Prisma.sql`"noticeId" = ANY (${notices.map(({ noticeId }) => noticeId)}::uuid[])`;

async function takeMessage(tx: Tx, way: Way, messageId: string, now: Date, lease: Date): Promise<Taken> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH "taken" AS (
      UPDATE "Delivery" d SET "attempts" = d."attempts" + 1, "nextTryAt" = ${lease} FROM "Notice" n ${noticeJoins}
      WHERE d."noticeId" = n."id" AND d."messageId" = ${messageId}::uuid AND ${isDue(way, now)}
      RETURNING d."noticeId", d."attempts", d."heldAt")
    SELECT t."noticeId", t."attempts" AS "tries", t."heldAt", ${messageId} AS "messageId", n."count" AS "times", n."step", n."kind"::text AS "kind", n."role"::text AS "role", n."letter",
      n."standsInFor"::text AS "standsInFor", n."lastAt" AS "at", ${noticeColumns},
      p."id" AS "personId", p."name", p."email"
    FROM "taken" t JOIN "Notice" n ON n."id" = t."noticeId" JOIN "Person" p ON p."id" = n."personId" ${noticeJoins}`;
  return toTaken(rows, way.channel, lease);
}

function toTaken(rows: Row[], channel: ChannelName, lease: Date): Taken {
  const { personId, name, email, messageId, tries } = rows[0]!;
  const notices = rows.map(
    ({
      about,
      itemId,
      path,
      subject,
      reason,
      owner,
      status,
      dueAt,
      dueClock,
      noticeId,
      times,
      step,
      kind,
      role,
      letter,
      standsInFor,
      at,
    }) => ({
      noticeId,
      times,
      step,
      kind,
      role,
      letter,
      standsInFor,
      at,
      item: { about, id: itemId, path, subject, reason, owner, status, dueAt, dueClock },
    }),
  );
  const held = rows.flatMap(({ heldAt }) => heldAt?.getTime() ?? []);
  return {
    messageId,
    channel,
    person: { id: personId, name, email },
    notices,
    tries,
    lease,
    heldSince: held.length ? new Date(Math.min(...held)) : null,
  };
}

/** When more is due, and the receiver does not ask to be left alone any more; null: nothing waits. */
export async function nextDue(_grant: Grant<"notice.deliver">, { sourceId, channel }: Way): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ at: Date | null }[]>`
    SELECT GREATEST(min(d."nextTryAt"), max(c."until")) AS "at"
    FROM "Delivery" d JOIN "Notice" n ON n."id" = d."noticeId" ${noticeJoins} LEFT JOIN "ChannelPause" c ON c."channel" = d."channel"
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
export async function markRefused(
  _grant: Grant<"notice.deliver">,
  taken: Taken,
  why: string,
  again: Date | null,
): Promise<void> {
  await db().$executeRaw`
    UPDATE "Delivery" SET "status" = ${again ? "pending" : "failed"}::"DeliveryStatus", "lastError" = ${why}, "nextTryAt" = COALESCE(${again}::timestamptz, "nextTryAt")
    WHERE ${own(taken)} AND "status" = 'pending'`;
  await announce(taken);
}

/** The receiver asked that nothing be sent through the channel before then. */
export async function pauseChannel(
  _grant: Grant<"notice.deliver">,
  { channel }: Pick<Way, "channel">,
  until: Date,
): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "ChannelPause" ("channel", "until") VALUES (${channel}::"ChannelName", ${until})
    ON CONFLICT ("channel") DO UPDATE SET "until" = GREATEST("ChannelPause"."until", EXCLUDED."until")`;
}

/** Still as they were taken. */
const own = ({ messageId, channel, notices, tries, lease }: Taken) =>
  Prisma.sql`${these(notices)} AND "messageId" = ${messageId}::uuid AND "channel" = ${channel}::"ChannelName" AND "attempts" = ${tries} AND "nextTryAt" = ${lease}`;

/** The person's page shows how their notices fare. */
async function announce({ person }: Taken): Promise<void> {
  await db().$executeRaw`SELECT pg_notify(${liveChannel}, ${JSON.stringify({ topic: "notices", ids: [person.id] })})`;
}
