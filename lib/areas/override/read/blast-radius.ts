import "server-only";
import type { BlastRadius, Content } from "@/lib/areas/override/domain/blast-radius";
import { lookAlikes } from "@/lib/areas/override/domain/look-alike";
import { isSameOwner } from "@/lib/areas/override/domain/owner";
import { db, type Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { isOwner, mayBeOwners } from "@/lib/kernel/list/same-owner";
import type { StoredOverride } from "./item";

/** Denials that are named; more are counted by the lane's runs all the same. */
const mostDenials = 200;
const dayMs = 24 * 3_600_000;

type Start = { runId: string | null; parsed: Record<string, unknown> };

/** What an override of this owner lets pass, besides the denial it was asked from: read from thegent's files as last recorded, and from what is in force here. */
async function readBlastRadius(
  tx: Tx | null,
  sourceId: string,
  { id: exceptId, owner, escalationId }: Pick<StoredOverride, "id" | "owner" | "escalationId">,
  now: Date,
): Promise<BlastRadius> {
  const client = tx ?? db();
  const denials = await client.$queryRaw<{ runId: string; reason: string; lane: string; agent: string | null }[]>`
    SELECT "runId", "reason", "lane", "agent" FROM "Escalation"
    WHERE "sourceId" = ${sourceId}::uuid AND ${isOwner(Prisma.sql`"owner"`, owner)} AND "path" = 'policy_denial' AND "status" IN ('open', 'claimed')
      AND "id" IS DISTINCT FROM ${escalationId}::uuid ORDER BY "priority" DESC, "runId" LIMIT ${mostDenials}`;
  const starts = await client.$queryRaw<Start[]>(startsOf(sourceId, owner, now));
  const mine = starts.filter(({ parsed }) => isSameOwner(parsed.owner, owner));
  const live = await readLive(client, sourceId, owner, exceptId, now);
  const started = (await client.$queryRaw<Start[]>(aStartOfEach(sourceId, now))).flatMap(({ parsed }) =>
    typeof parsed.owner === "string" ? parsed.owner : [],
  );
  const alike = lookAlikes(owner, [...new Set([...(await readOwners(client, sourceId)), ...started])].sort());
  return {
    owner,
    denials: denials.map(({ runId, reason, lane }) => ({ runId, reason, lane })),
    runs: countRuns(mine),
    agents: agentsOf(mine, denials),
    live,
    alike,
  };
}

const lastDay = (now: Date): Prisma.Sql =>
  Prisma.sql`r."recordedAt" > ${new Date(now.getTime() - dayMs)}::timestamptz AND r."recordedAt" <= ${now}::timestamptz`;

/** The start records of the last day that may be this owner's, in the order they came. */
export const startsOf = (sourceId: string, owner: string, now: Date): Prisma.Sql => Prisma.sql`
  SELECT r."runId", r."parsed" FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id"
  WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'run_registry' AND r."kind" = 'start' AND r."goneAt" IS NULL AND ${mayBeOwners(Prisma.sql`r."parsed"`, owner)} AND ${lastDay(now)}
  ORDER BY r."id"`;

/** Of each owner with runs in the last day one start record, and all that no owner can be told of: from one owner of the index to the next, however many runs they have. */
export const aStartOfEach = (sourceId: string, now: Date): Prisma.Sql => Prisma.sql`
  WITH RECURSIVE "each" AS (
    SELECT f."id" AS "fileId", ''::text AS "of" FROM "SourceFile" f WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'run_registry'
    UNION ALL
    SELECT e."fileId", n."of" FROM "each" e CROSS JOIN LATERAL (
      SELECT record_owner(r."parsed") AS "of" FROM "SourceRecord" r
      WHERE r."fileId" = e."fileId" AND r."kind" = 'start' AND r."goneAt" IS NULL AND record_owner(r."parsed") > e."of" ORDER BY record_owner(r."parsed") LIMIT 1) n)
  SELECT s."runId", s."parsed" FROM "each" e CROSS JOIN LATERAL (
    SELECT r."runId", r."parsed" FROM "SourceRecord" r
    WHERE r."fileId" = e."fileId" AND r."kind" = 'start' AND r."goneAt" IS NULL AND record_owner(r."parsed") = e."of" AND ${lastDay(now)}
    LIMIT CASE WHEN e."of" = '?' THEN NULL ELSE 1 END) s`;

/** Every owner that was blocked, or had an override. */
async function readOwners(client: Tx | ReturnType<typeof db>, sourceId: string): Promise<string[]> {
  const rows = await client.$queryRaw<{ owner: string }[]>`
    SELECT "owner" FROM "Escalation" WHERE "sourceId" = ${sourceId}::uuid AND "owner" IS NOT NULL
    UNION SELECT "owner" FROM "Override" WHERE "sourceId" = ${sourceId}::uuid UNION SELECT "owner" FROM "Finding" WHERE "sourceId" = ${sourceId}::uuid`;
  return rows.map((row) => row.owner);
}

type Asked = Pick<
  StoredOverride,
  "id" | "sourceId" | "escalationId" | "owner" | "justification" | "ticket" | "requestedSeconds"
>;

/** What a decision at this moment would be bound to. */
export async function contentOf(tx: Tx | null, override: Asked, now: Date): Promise<Content> {
  const { id, sourceId, escalationId, owner, justification, ticket, requestedSeconds } = override;
  return {
    owner,
    justification,
    ticket,
    requestedSeconds,
    radius: await readBlastRadius(tx, sourceId, { id, owner, escalationId }, now),
  };
}

/** The cockpit's own in force; and those of thegent's file that nobody here decided. */
async function readLive(
  client: Tx | ReturnType<typeof db>,
  sourceId: string,
  owner: string,
  exceptId: string | null,
  now: Date,
): Promise<BlastRadius["live"]> {
  const own = await client.override.findMany({
    where: {
      sourceId,
      owner,
      status: { in: ["approved", "active"] },
      expiresAt: { gt: now },
      ...(exceptId && { id: { not: exceptId } }),
    },
    select: { id: true, expiresAt: true, justification: true },
    orderBy: { expiresAt: "asc" },
  });
  const outside = await client.finding.findMany({
    where: { sourceId, owner, kind: "outside_override", expiresAt: { gt: now } },
    select: { expiresAt: true, reason: true },
    orderBy: { expiresAt: "asc" },
  });
  return [
    ...own.map(({ id, expiresAt, justification }) => ({
      id,
      expiresAt: expiresAt!.toISOString(),
      reason: justification,
    })),
    ...outside.map(({ expiresAt, reason }) => ({ id: null, expiresAt: expiresAt!.toISOString(), reason })),
  ];
}

const text = (value: unknown): string => (typeof value === "string" && value ? value : "not said");

/** Several start records of one run (the launcher's and the child's) are one run; the last one describes it. */
function countRuns(starts: readonly Start[]): BlastRadius["runs"] {
  const runs = new Map(starts.map(({ runId, parsed }, index) => [runId ?? `#${index}`, parsed]));
  const counts = new Map<string, { lane: string; policyResult: string; count: number }>();
  for (const parsed of runs.values()) {
    const [lane, policyResult] = [text(parsed.lane), text(parsed.policy_result)];
    const key = `${lane}\n${policyResult}`;
    counts.set(key, { lane, policyResult, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.lane < b.lane ? -1 : 1));
}

const agentsOf = (starts: readonly Start[], denials: readonly { agent: string | null }[]): string[] =>
  [...new Set([...starts.map(({ parsed }) => text(parsed.agent)), ...denials.flatMap(({ agent }) => agent ?? [])])]
    .filter((agent) => agent !== "not said")
    .sort();
