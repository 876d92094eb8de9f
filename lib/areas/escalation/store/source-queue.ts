/** The escalations of whole sets of runs, read and written in a few statements however many runs there are. */
import "server-only";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { ActiveItem, Decision } from "@/lib/areas/escalation/domain/reconcile";
import { toItem, type Item, type StoredItem } from "@/lib/areas/escalation/read/item";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";
import { setClocks, type ItemChange } from "./writes";

type Sync = Grant<"escalation.sync">;

/**
 * The bytes of the runs' present records in the order of their last line, and how many equal ones there are. A run may have a million: they are
 * not counted, since equal lines are numbered from 0 in the order of the file, and were first seen with the first.
 */
export async function queueLines(
  tx: Tx,
  fileId: string,
  runIds: readonly string[],
): Promise<{ runId: string; bytes: Uint8Array; count: number; seenAt: Date }[]> {
  return tx.$queryRaw`
    SELECT r."runId", r."bytes", last."occurrence" + 1 AS "count", r."firstSeenAt" AS "seenAt" FROM "SourceRecord" r CROSS JOIN LATERAL (
      SELECT "occurrence", "line" FROM "SourceRecord" WHERE "fileId" = r."fileId" AND "sha256" = r."sha256" AND "goneAt" IS NULL ORDER BY "occurrence" DESC LIMIT 1) last
    WHERE r."fileId" = ${fileId}::uuid AND r."runId" = ANY (${runIds}::text[]) AND r."occurrence" = 0 AND r."goneAt" IS NULL ORDER BY r."runId", last."line"`;
}

/** Runs that are open here, and runs with a record whose kind says that it is pending. */
export async function runsInQuestion(tx: Tx, sourceId: string, fileId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ runId: string }[]>`
    SELECT "runId" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "path" = 'policy_denial' AND "status" IN ('open', 'claimed')
    UNION SELECT "runId" FROM "SourceRecord" WHERE "fileId" = ${fileId}::uuid AND "goneAt" IS NULL AND "kind" = 'escalation.pending' AND "runId" IS NOT NULL`;
  return rows.map((row) => row.runId);
}

type Facts = ActiveItem["facts"];
type RawItem = Facts &
  StoredItem & {
    runId: string;
    adding: boolean;
    decisions: Decision[] | null;
  };

export type RunItems = {
  active: ActiveItem | null;
  previousId: string | null;
  decisions: readonly Decision[];
  item: Item | null;
};

/** By run: the active item, the one closed last, and how every decision about the run fares in thegent. */
export async function findRunItems(
  tx: Tx,
  sourceId: string,
  runIds: readonly string[],
): Promise<Map<string, RunItems>> {
  const rows = await tx.$queryRaw<RawItem[]>`
    SELECT DISTINCT ON (e."runId", e."closedAt" IS NULL)
      e."id", e."sourceId", e."version", e."path"::text AS "path", e."subject", e."runId", e."severity"::text AS "severity", e."owner", e."ownerShown", e."reason", e."status"::text AS "status",
      e."clocks", e."dueAt", e."dueClock", e."nextAt", e."claimedById", e."claimedAt", e."claimQuietAt", e."closedById", e."closedAt", e."outcome"::text AS "outcome", e."note",
      e."lateCause", e."level", e."escalatedAt", e."breachedAt", e."finding", e."adapterChange", e."adapterChangeById", e."signedOffById", e."signedOffAt", e."signOffNote",
      e."priority", e."lane", e."agent", e."recordCount", e."blockedAt", e."slaMinutes", e."lostAt",
      e."closedAt" IS NULL AND e."recordCount" = 0 AND EXISTS (SELECT 1 FROM "Effect" a WHERE a."subjectId" = e."id" AND a."kind" = 'thegent.add') AS "adding",
      CASE WHEN e."closedAt" IS NOT NULL THEN (
        SELECT json_agg(json_build_object('effectId', f."id", 'itemId', d."id", 'status', f."status", 'wasWritten', f."appliedAt" IS NOT NULL,
            'keys', COALESCE(f."payload"->'decided', '[]') || COALESCE(f."result"->'closed', '[]')) ORDER BY f."createdAt", f."id")
        FROM "Escalation" d JOIN "Effect" f ON f."subjectId" = d."id" AND f."kind" = 'thegent.resolve'
        WHERE d."sourceId" = e."sourceId" AND d."path" = 'policy_denial' AND d."runId" = e."runId") END AS "decisions"
    FROM "Escalation" e
    WHERE e."sourceId" = ${sourceId}::uuid AND e."path" = 'policy_denial' AND e."runId" = ANY (${runIds}::text[])
    ORDER BY e."runId", e."closedAt" IS NULL, e."openedAt" DESC, e."id" DESC`;
  const items = new Map<string, RunItems>();
  for (const row of rows) {
    const of = items.get(row.runId) ?? { active: null, previousId: null, decisions: [], item: null };
    items.set(
      row.runId,
      row.closedAt
        ? { ...of, previousId: row.id, decisions: row.decisions ?? [] }
        : { ...of, active: toActive(row), item: toItem(row) },
    );
  }
  return items;
}

const toActive = ({
  id,
  version,
  adding,
  lostAt,
  priority,
  lane,
  owner,
  ownerShown,
  agent,
  reason,
  recordCount,
  blockedAt,
  dueAt,
  slaMinutes,
}: RawItem): ActiveItem => ({
  id,
  version,
  adding,
  lost: lostAt !== null,
  facts: { priority, lane, owner, ownerShown, agent, reason, recordCount, blockedAt, dueAt, slaMinutes },
});

export type FactsChange = ItemChange & { facts: Facts };

/** The ids that were changed. What a person changed meanwhile is left as that person left it. */
export async function updateItems(tx: Tx, grant: Sync, changes: readonly FactsChange[]): Promise<Set<string>> {
  if (!changes.length) return new Set();
  const rows = changes.map(({ before, next, facts }) => ({
    ...facts,
    ...timed(next),
    id: before.id,
    version: before.version,
  }));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "priority" = b."priority", "lane" = b."lane", "owner" = b."owner", "ownerShown" = b."ownerShown", "agent" = b."agent",
      "lostAt" = NULL, "reason" = b."reason", "recordCount" = b."recordCount", "blockedAt" = b."blockedAt", "slaMinutes" = b."slaMinutes",
      "clocks" = b."clocks", "dueAt" = b."dueAt", "dueClock" = b."dueClock", "nextAt" = b."nextAt"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "version" int, "priority" int, "lane" text, "owner" text, "ownerShown" text, "agent" text,
      "reason" text, "recordCount" int, "blockedAt" timestamptz, "dueAt" timestamptz, "dueClock" text, "clocks" jsonb, "nextAt" timestamptz, "slaMinutes" int)
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" IN ('open', 'claimed') RETURNING e."id"`;
  const ids = new Set(changed.map(({ id }) => id));
  await setClocks(
    tx,
    grant,
    changes.filter(({ before }) => ids.has(before.id)),
  );
  return ids;
}

/** The ids of those that are lost now. What a person changed meanwhile is left as that person left it. */
export async function loseItems(tx: Tx, _grant: Sync, items: readonly ActiveItem[], now: Date): Promise<Set<string>> {
  if (!items.length) return new Set();
  const rows = items.map(({ id, version }) => ({ id, version }));
  const lost = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "lostAt" = ${now}::timestamptz FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "version" int)
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" IN ('open', 'claimed') RETURNING e."id"`;
  return new Set(lost.map(({ id }) => id));
}

export type ClosedThere = ItemChange & { word: string; closedAt: Date };

/** The ids that were closed. What a person changed meanwhile is left as that person left it. */
export async function closeItems(tx: Tx, _grant: Sync, changes: readonly ClosedThere[]): Promise<Set<string>> {
  if (!changes.length) return new Set();
  const rows = changes.map(({ before, next, word, closedAt }) => ({
    ...timed(next),
    id: before.id,
    version: before.version,
    word,
    closedAt,
    level: next.level,
    escalatedAt: next.escalatedAt,
    breachedAt: next.breachedAt,
  }));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Escalation" e SET "version" = e."version" + 1, "status" = 'resolved', "closedIn" = 'thegent', "closedAt" = b."closedAt", "thegentWord" = b."word", "lostAt" = NULL,
      "clocks" = b."clocks", "nextAt" = NULL, "claimQuietAt" = NULL, "level" = b."level", "escalatedAt" = b."escalatedAt", "breachedAt" = b."breachedAt"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "version" int, "word" text, "closedAt" timestamptz, "clocks" jsonb, "level" int,
      "escalatedAt" timestamptz, "breachedAt" timestamptz)
    WHERE e."id" = b."id" AND e."version" = b."version" AND e."status" IN ('open', 'claimed') RETURNING e."id"`;
  return new Set(changed.map(({ id }) => id));
}

const timed = ({ clocks, dueAt, dueClock, nextAt }: Escalation) => ({ clocks, dueAt, dueClock, nextAt });
