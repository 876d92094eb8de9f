import "server-only";
import type { InboxEntry } from "@/lib/areas/inbox/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** What a notice `n` is about, as the statements select it: an item, or an override. */
export type NoticeItem = Omit<InboxEntry["item"], "kind" | "id" | "dueAt"> & { about: InboxEntry["item"]["kind"]; itemId: string; dueAt: Date };

export const noticeJoins = Prisma.sql`LEFT JOIN "Escalation" e ON e."id" = n."escalationId" LEFT JOIN "Override" o ON o."id" = n."overrideId"`;

/** The columns of NoticeItem. A decided override is due at its end, any other by its deadline. */
export const noticeColumns = Prisma.sql`
  CASE WHEN e."id" IS NULL THEN 'override' ELSE 'escalation' END AS "about", COALESCE(e."id", o."id") AS "itemId", e."path"::text AS "path",
  COALESCE(e."subject", o."owner") AS "subject", COALESCE(e."reason", o."justification") AS "reason", COALESCE(e."owner", e."ownerShown", o."owner") AS "owner",
  COALESCE(e."status"::text, o."status"::text) AS "status", COALESCE(e."dueAt", o."expiresAt", o."decideBy") AS "dueAt",
  COALESCE(e."dueClock", CASE WHEN o."expiresAt" IS NULL THEN 'decision' ELSE 'end' END) AS "dueClock"`;

export const ofSource = (sourceId: string): Prisma.Sql => Prisma.sql`COALESCE(e."sourceId", o."sourceId") = ${sourceId}::uuid`;
