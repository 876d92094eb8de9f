import "server-only";
import type { InboxEntry } from "@/lib/areas/inbox/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** What a notice `n` is about, as the statements select it. */
export type NoticeItem = Omit<InboxEntry["item"], "kind" | "id" | "dueAt"> & {
  about: InboxEntry["item"]["kind"];
  itemId: string;
  dueAt: Date;
};

export const noticeJoins = Prisma.sql`JOIN "Subject" s ON s."id" = n."subjectId"`;

/** The columns of NoticeItem. */
export const noticeColumns = Prisma.sql`
  s."kind" AS "about", s."id" AS "itemId", s."variant" AS "path", s."title" AS "subject", s."reason", s."owner", s."state" AS "status", s."dueAt", s."dueWhat" AS "dueClock"`;

export const ofSource = (sourceId: string): Prisma.Sql => Prisma.sql`s."sourceId" = ${sourceId}::uuid`;
