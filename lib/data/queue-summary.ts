import "server-only";
import type { QueueStanding, QueueSummary } from "@/lib/contracts/escalations";
import { decideStanding, type SourceFacts } from "@/lib/domain/escalation/standing";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { db } from "./client";
import { currentSourceId } from "./current-source";

type Counts = { active: number; breaches: number; pastSla: number; nextDueAt: Date | null; lanes: QueueSummary["lanes"] | null; owners: QueueSummary["owners"] | null };
type Facts = {
  lastReadAt: Date | null;
  problem: string | null;
  queueProblem: string | null;
  queueSize: bigint | null;
  queueRead: bigint | null;
  queueLines: number | null;
  queueQuarantined: number;
  quarantined: number;
  waiting: number;
  unaccounted: number;
  surplus: number;
};

/** How long one answer serves every page of this process: the shell costs no query of its own under load. */
const keptMs = 1000;
let kept: { sourceId: string; until: number; answer: Promise<QueueSummary> } | undefined;

/** Figures over the open items, and whether "all clear" may be said. At most `keptMs` old; the same for every reader. */
export async function queueSummary(_grant: Grant<"escalation.view">, now: Date): Promise<QueueSummary> {
  const sourceId = await currentSourceId();
  if (kept?.sourceId === sourceId && now.getTime() < kept.until && now.getTime() >= kept.until - keptMs) return kept.answer;
  const answer = readSummary(sourceId, now);
  kept = { sourceId, until: now.getTime() + keptMs, answer };
  // A failure is told once, not kept.
  answer.catch(() => (kept = undefined));
  return answer;
}

async function readSummary(sourceId: string, now: Date): Promise<QueueSummary> {
  const [[counts], [facts]] = await Promise.all([readCounts(sourceId, now), readFacts(sourceId)]);
  const standing = facts ? decideStanding(toSourceFacts(facts), now) : undefined;
  return {
    active: counts!.active,
    pastSla: counts!.pastSla,
    nextDueAt: counts!.nextDueAt?.toISOString() ?? null,
    quarantined: facts?.quarantined ?? 0,
    breaches: counts!.breaches,
    standing: standing ? toView(standing) : { kind: "unknown", asOf: null, because: "thegent's session directory is not registered." },
    lanes: counts!.lanes ?? [],
    owners: counts!.owners ?? [],
    now: now.toISOString(),
  };
}

const readCounts = (sourceId: string, now: Date) => db().$queryRaw<Counts[]>`
  WITH "open" AS MATERIALIZED (
    SELECT "dueAt", "lane", "owner" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('open', 'claimed'))
  SELECT count(*)::int AS "active",
    (count(*) FILTER (WHERE "dueAt" < ${now}))::int AS "pastSla",
    (SELECT count(*)::int FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "level" > 0 AND "signedOffAt" IS NULL) AS "breaches",
    min("dueAt") FILTER (WHERE "dueAt" >= ${now}) AS "nextDueAt",
    (SELECT json_agg(l) FROM (SELECT "lane" AS "value", count(*)::int AS "count" FROM "open" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20) l) AS "lanes",
    (SELECT json_agg(o) FROM (SELECT "owner" AS "value", count(*)::int AS "count" FROM "open" WHERE "owner" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100) o) AS "owners"
  FROM "open"`;

/** thegent's waiting set (its present pending records) held against what is open here or decided and still to be taken up. */
const readFacts = (sourceId: string) => db().$queryRaw<Facts[]>`
  WITH "queue" AS (SELECT * FROM "SourceFile" WHERE "sourceId" = ${sourceId}::uuid AND "kind" = 'escalation_queue' AND "goneAt" IS NULL LIMIT 1),
    "waiting" AS (SELECT DISTINCT r."runId" FROM "SourceRecord" r WHERE r."fileId" = (SELECT "id" FROM "queue") AND r."kind" = 'escalation.pending' AND r."goneAt" IS NULL),
    "open" AS (SELECT "runId" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('open', 'claimed') AND "path" = 'policy_denial'),
    "decided" AS (SELECT e."runId" FROM "Effect" f JOIN "Escalation" e ON e."id" = f."escalationId" WHERE f."status" <> 'applied' AND e."sourceId" = ${sourceId}::uuid)
  SELECT s."lastReadAt", s."problem", q."problem" AS "queueProblem", q."size" AS "queueSize", q."offset" AS "queueRead", q."lines" AS "queueLines",
    (SELECT count(*)::int FROM "QuarantinedLine" l WHERE l."fileId" = q."id" AND l."goneAt" IS NULL) AS "queueQuarantined",
    (SELECT count(*)::int FROM "QuarantinedLine" l JOIN "SourceFile" f ON f."id" = l."fileId" WHERE f."sourceId" = s."id" AND l."goneAt" IS NULL) AS "quarantined",
    (SELECT count(*)::int FROM "waiting") AS "waiting",
    (SELECT count(*)::int FROM (SELECT "runId" FROM "waiting" EXCEPT SELECT "runId" FROM "open" EXCEPT SELECT "runId" FROM "decided") missing) AS "unaccounted",
    (SELECT count(*)::int FROM (SELECT "runId" FROM "open" EXCEPT SELECT "runId" FROM "waiting") extra) AS "surplus"
  FROM "Source" s LEFT JOIN "queue" q ON true WHERE s."id" = ${sourceId}::uuid`;

function toSourceFacts(facts: Facts): SourceFacts {
  const { lastReadAt, problem, waiting, unaccounted, surplus } = facts;
  const queue =
    facts.queueSize === null
      ? null
      : { problem: facts.queueProblem, size: facts.queueSize, read: facts.queueRead ?? 0n, lines: facts.queueLines ?? 0, quarantined: facts.queueQuarantined };
  return { lastReadAt, problem, queue, waiting, unaccounted, surplus };
}

function toView(standing: ReturnType<typeof decideStanding>): QueueStanding {
  return standing.kind === "reconciled"
    ? { ...standing, asOf: standing.asOf.toISOString() }
    : { ...standing, asOf: standing.asOf?.toISOString() ?? null };
}
