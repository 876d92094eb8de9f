import "server-only";
import type { BlockView } from "@/lib/areas/drift/contract-views";
import { thegentBudgets } from "@/lib/areas/drift/domain/drift";
import type { DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { whatLifts, type Pace } from "@/lib/areas/drift/domain/lift";
import { blockedByDrift } from "@/lib/areas/drift/domain/what-if";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { findTimeFrom } from "./telemetry";

const hourMs = 3_600_000;
/** As many as make a difference to anybody, and as a page lists. */
const most = 1_000;
const listed = 10;

/** Since when the critical lane is blocked, which runs that denied, and what would lift it, with the lines of the last day as the measure of what comes. */
export async function readBlock(
  sourceId: string,
  window: DriftWindow,
  now: Date,
): Promise<{ goodLines: number; block: BlockView }> {
  const lines = Object.values(window.overSince).filter((line) => line !== null);
  const sinceLine = lines.length ? Math.min(...lines) : null;
  const [since, pace] = await Promise.all([
    sinceLine === null ? null : findTimeFrom(null, sourceId, sinceLine),
    readPace(sourceId, now),
  ]);
  const { goodLines, atPace } = whatLifts(
    { marks: window.budgetRecent, limit: window.rule.limit },
    thegentBudgets,
    pace,
  );
  const denied = await readDenied(sourceId, since);
  return {
    goodLines,
    block: {
      sinceLine,
      since: instant(since),
      denied,
      pace: { lines: pace.lines, milliseconds: pace.milliseconds },
      atPace,
    },
  };
}

async function readPace(sourceId: string, now: Date): Promise<Pace> {
  const from = new Date(Math.floor(now.getTime() / hourMs - 24) * hourMs);
  const [sums] = await db().$queryRaw<Omit<Pace, "milliseconds">[]>`
    SELECT coalesce(sum("lines"), 0)::int AS "lines", coalesce(sum("structural"), 0)::int AS "structural", coalesce(sum("semantic"), 0)::int AS "semantic"
    FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid AND "hour" >= ${from} AND "hour" <= ${now}`;
  return { ...sums!, milliseconds: now.getTime() - from.getTime() };
}

type Denied = { id: string; runId: string; at: Date; open: boolean };

/** Items of denials by the rule about drift (FORMATS §5, 2b), newest first. */
async function readDenied(sourceId: string, since: Date | null): Promise<BlockView["denied"]> {
  const denials = Prisma.sql`
    FROM "Escalation" e WHERE e."sourceId" = ${sourceId}::uuid AND e."path" = 'policy_denial' AND e."lane" = 'critical'
      AND e."reason" LIKE '${Prisma.raw(blockedByDrift)}%' AND e."runId" IS NOT NULL AND e."blockedAt" >= ${since ?? new Date(0)}`;
  const [rows, [{ count } = { count: 0 }]] = await Promise.all([
    db().$queryRaw<
      Denied[]
    >`SELECT e."id", e."runId", e."blockedAt" AS "at", e."status" IN ('open', 'claimed') AS "open" ${denials} ORDER BY e."blockedAt" DESC LIMIT ${listed}`,
    db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM (SELECT 1 ${denials} LIMIT ${most + 1}) d`,
  ]);
  return {
    count: Math.min(count, most + 1),
    most,
    newest: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}
