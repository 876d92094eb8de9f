import "server-only";
import type { QueueStanding, QueueSummary } from "@/lib/areas/escalation/contract";
import { decideStanding, type SourceFacts } from "@/lib/areas/escalation/domain/standing";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { KeptAnswers } from "@/lib/kernel/list/kept-answers";
import type { Grant } from "@/lib/model/decide";

type Counts = { active: number; breaches: number; pastSla: number; nextDueAt: Date | null };
type Facts = Omit<SourceFacts, "queue"> & {
  queueProblem: string | null;
  queueSize: bigint | null;
  queueRead: bigint | null;
  queueLines: number | null;
  queueQuarantined: number;
  quarantined: number;
};

/** One answer serves every page of this process for a second: the shell costs no query of its own under load. */
const kept = new KeptAnswers<QueueSummary>(1000, 1);

/** Figures over the open items, and whether "all clear" may be said. At most a second old; the same for every reader. */
export async function queueSummary(_grant: Grant<"escalation.view">, now: Date): Promise<QueueSummary> {
  const sourceId = await currentSourceId();
  const known = kept.find(sourceId, now);
  if (known) return known;
  const answer = readSummary(sourceId, now);
  kept.keep(sourceId, now, answer);
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
    standing: standing
      ? toView(standing)
      : { kind: "unknown", asOf: null, because: "thegent's session directory is not registered." },
    now: now.toISOString(),
  };
}

const readCounts = (sourceId: string, now: Date) => db().$queryRaw<Counts[]>`
  SELECT count(*)::int AS "active",
    (count(*) FILTER (WHERE "dueAt" < ${now}))::int AS "pastSla",
    (SELECT count(*)::int FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "breachedAt" IS NOT NULL AND "signedOffAt" IS NULL) AS "breaches",
    min("dueAt") FILTER (WHERE "dueAt" >= ${now}) AS "nextDueAt"
  FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('open', 'claimed')`;

/**
 * thegent's waiting set (its present pending records) held against the policy denials that are open here; the other paths have no record
 * there. Whatever is still to be written into its file, an addition or a decision, is accounted for on both sides until it is.
 */
const readFacts = (sourceId: string) => db().$queryRaw<Facts[]>`
  WITH "queue" AS (SELECT * FROM "SourceFile" WHERE "sourceId" = ${sourceId}::uuid AND "kind" = 'escalation_queue' AND "goneAt" IS NULL LIMIT 1),
    "waiting" AS (SELECT DISTINCT r."runId" FROM "SourceRecord" r WHERE r."fileId" = (SELECT "id" FROM "queue") AND r."kind" = 'escalation.pending' AND r."goneAt" IS NULL),
    "open" AS (SELECT "runId", "lostAt" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('open', 'claimed') AND "path" = 'policy_denial'),
    "beingWritten" AS (SELECT e."runId" FROM "Effect" f JOIN "Escalation" e ON e."id" = f."subjectId" WHERE f."status" <> 'applied' AND e."sourceId" = ${sourceId}::uuid)
  SELECT s."lastReadAt", s."readingAt", s."problem", q."problem" AS "queueProblem", q."size" AS "queueSize", q."offset" AS "queueRead", q."lines" AS "queueLines",
    (SELECT coalesce(sum(l."count"), 0)::int FROM "QuarantinedLine" l WHERE l."fileId" = q."id" AND l."goneAt" IS NULL AND l."mayWait") AS "queueQuarantined",
    (SELECT coalesce(sum(l."count"), 0)::int FROM "QuarantinedLine" l JOIN "SourceFile" f ON f."id" = l."fileId" WHERE f."sourceId" = s."id" AND l."goneAt" IS NULL) AS "quarantined",
    (SELECT count(*)::int FROM "waiting") AS "waiting",
    (SELECT count(*)::int FROM (SELECT "runId" FROM "waiting" EXCEPT SELECT "runId" FROM "open" EXCEPT SELECT "runId" FROM "beingWritten") missing) AS "unaccounted",
    (SELECT count(*)::int FROM (SELECT "runId" FROM "open" EXCEPT SELECT "runId" FROM "waiting" EXCEPT SELECT "runId" FROM "beingWritten") extra) AS "surplus",
    (SELECT count(*)::int FROM "open" WHERE "lostAt" IS NOT NULL) AS "lost",
    EXISTS (SELECT 1 FROM "SourceRecord" r WHERE r."fileId" = q."id" AND r."dialect" = 'later') AS "resolvesByRemoving",
    (SELECT count(*)::int FROM "SourceFile" f WHERE f."sourceId" = s."id" AND f."kind" = 'second_queue' AND f."goneAt" IS NULL) AS "secondQueue"
  FROM "Source" s LEFT JOIN "queue" q ON true WHERE s."id" = ${sourceId}::uuid`;

function toSourceFacts(facts: Facts): SourceFacts {
  const { lastReadAt, readingAt, problem, waiting, unaccounted, surplus, lost, resolvesByRemoving, secondQueue } =
    facts;
  const queue =
    facts.queueSize === null
      ? null
      : {
          problem: facts.queueProblem,
          size: facts.queueSize,
          read: facts.queueRead ?? 0n,
          lines: facts.queueLines ?? 0,
          quarantined: facts.queueQuarantined,
        };
  return {
    lastReadAt,
    readingAt,
    problem,
    queue,
    waiting,
    unaccounted,
    surplus,
    lost,
    resolvesByRemoving,
    secondQueue,
  };
}

function toView(standing: ReturnType<typeof decideStanding>): QueueStanding {
  return standing.kind === "reconciled"
    ? { ...standing, asOf: standing.asOf.toISOString() }
    : { ...standing, asOf: standing.asOf?.toISOString() ?? null };
}
