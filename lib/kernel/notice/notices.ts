import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { TellingAction } from "@/lib/kernel/act/doors";
import { db, type Tx } from "@/lib/kernel/db/client";
import { beforeClocks, deliverNoticesTask } from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import type { Grant } from "@/lib/model/decide";
import type { NewNotice } from "./decide-notices";
import type { Roster } from "./roster";
import type { Ending } from "./steps";

/** Everybody who holds a role and may sign in, and who of them is on duty as what. One statement. */
export async function listRoster(tx: Tx | null = null): Promise<Roster> {
  return (tx ?? db()).$queryRaw<Roster[number][]>`
    SELECT p."id", p."name", array_agg(r."role"::text) AS "roles",
      ARRAY(SELECT d."role"::text FROM "Duty" d WHERE d."personId" = p."id" AND d."endedAt" IS NULL) AS "onDuty"
    FROM "Person" p JOIN "RoleHolding" r ON r."personId" = p."id" WHERE p."disabledAt" IS NULL GROUP BY p."id" ORDER BY p."name", p."id"`;
}

/** A notice of a subject. */
export type SubjectNotice = NewNotice & { subjectId: string };

/**
 * Tells people, in the transaction of what they are told about, in one statement however many. What a person is told again while it
 * stands is counted and unread again. Where channels are configured, their deliveries are noted with it, and the sending is woken.
 */
export async function addNotices(
  tx: Tx,
  _grant: Grant<TellingAction>,
  sourceId: string,
  notices: readonly SubjectNotice[],
  now: Date,
): Promise<void> {
  if (!notices.length) return;
  const rows = notices.map((notice, seq) => ({ ...notice, id: uuidv7({ msecs: now.getTime(), seq }) }));
  const channels = channelsConfigured();
  await tx.$executeRaw`
    WITH "told" AS (
      INSERT INTO "Notice" ("id", "personId", "subjectId", "step", "kind", "role", "letter", "activity", "standsInFor", "urgent", "foldKey", "firstAt", "lastAt")
      SELECT b."id", b."personId", b."subjectId", b."step", b."kind", b."role", b."letter", b."activity", b."standsInFor", b."urgent", md5(b."foldKey"), ${now}::timestamptz, ${now}::timestamptz
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "personId" uuid, "subjectId" uuid, "step" text, "kind" "NoticeKind", "role" "Role", "letter" text,
        "activity" text, "standsInFor" "Role", "urgent" boolean, "foldKey" text)
      ON CONFLICT ("personId", "subjectId", "step") WHERE "endedAt" IS NULL
        DO UPDATE SET "count" = "Notice"."count" + 1, "lastAt" = EXCLUDED."lastAt", "urgent" = EXCLUDED."urgent", "readAt" = NULL
      RETURNING "id", "personId", "kind")
    INSERT INTO "Delivery" ("noticeId", "channel", "createdAt", "nextTryAt")
    SELECT t."id", c."channel"::"ChannelName", ${now}::timestamptz, ${now}::timestamptz
    FROM "told" t JOIN "Person" p ON p."id" = t."personId" CROSS JOIN unnest(${channels}::text[]) AS c("channel")
    WHERE c."channel" <> 'email' OR t."kind" = ANY (p."emailKinds")
    ON CONFLICT ("noticeId", "channel") DO UPDATE SET "status" = 'pending', "attempts" = 0, "messageId" = NULL, "heldAt" = NULL,
      "lastError" = NULL, "createdAt" = EXCLUDED."createdAt", "nextTryAt" = EXCLUDED."nextTryAt"`;
  if (channels.length)
    await tx.$executeRaw`SELECT graphile_worker.add_job(${deliverNoticesTask(sourceId)}, '{}'::json, job_key => ${deliverNoticesTask(sourceId)}, max_attempts => 25, priority => ${beforeClocks})`;
}

/** The channels that this cockpit sends notices through, besides the page. */
function channelsConfigured(): ("email" | "webhook")[] {
  const { mail, webhook } = env();
  return [...(mail ? (["email"] as const) : []), ...(webhook ? (["webhook"] as const) : [])];
}

export type SubjectEnding = Ending & { subjectId: string };

/** Ends what an act settles, by the act and whoever did it, in its transaction, in one statement: nobody is told any more, and what was not sent yet never is. */
export async function endNotices(
  tx: Tx,
  grant: Grant<TellingAction>,
  endings: readonly SubjectEnding[],
  now: Date,
): Promise<void> {
  if (!endings.length) return;
  await tx.$executeRaw`
    WITH "ended" AS (
      UPDATE "Notice" n SET "endedAt" = ${now}::timestamptz, "endedByAction" = ${grant.action}, "endedById" = ${personOf(grant)}::uuid
      FROM json_to_recordset(${JSON.stringify(endings)}::json) AS b("subjectId" uuid, "only" text, "but" text, "kinds" json, "role" "Role")
      WHERE n."subjectId" = b."subjectId" AND n."endedAt" IS NULL
        AND (b."only" IS NULL OR n."step" = b."only") AND n."step" IS DISTINCT FROM b."but"
        AND n."kind"::text IN (SELECT json_array_elements_text(b."kinds")) AND (b."role" IS NULL OR n."role" = b."role")
      RETURNING n."id")
    UPDATE "Delivery" d SET "status" = 'dropped' FROM "ended" e WHERE d."noticeId" = e."id" AND d."status" = 'pending'`;
}

/** Who did what a grant allowed; null: the cockpit itself. */
const personOf = ({ actor }: Grant): string | null => (actor.kind === "person" ? actor.id : null);
