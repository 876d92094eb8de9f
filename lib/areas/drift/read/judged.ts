import "server-only";
import type { WhatIfView } from "@/lib/areas/drift/contract-views";
import { thegentDefaults } from "@/lib/areas/drift/domain/drift";
import { rateOf } from "@/lib/areas/drift/domain/sums";
import { driftVerdictOf, type JudgedRun } from "@/lib/areas/drift/domain/what-if";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { isTelemetry, telemetryFile, telemetryKinds } from "./telemetry";

const days = 30;
/** The newest of the critical lane; more would be no other picture. */
const mostRuns = 1_000;

/** The runs that the rule about drift judged in the last 30 days, with the rates that each met. Costs the budget's window for each run, whatever came before it. */
export async function readJudgedRuns(_grant: Grant<"drift.view">, now: Date): Promise<WhatIfView> {
  const sourceId = await currentSourceId();
  const from = new Date(now.getTime() - days * 24 * 3_600_000);
  const starts = await db().$queryRaw<{ runId: string; at: Date; parsed: Record<string, unknown> }[]>`
    SELECT r."runId", r."recordedAt" AS "at", r."parsed" FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id"
    WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'run_registry' AND r."kind" = 'start' AND r."goneAt" IS NULL AND record_lane(r."parsed") IN ('critical', '?')
      AND r."recordedAt" >= ${from} AND r."recordedAt" <= ${now} AND r."runId" IS NOT NULL ORDER BY r."recordedAt" DESC, r."line" DESC LIMIT ${mostRuns + 1}`;
  const judged = starts.slice(0, mostRuns).flatMap(({ runId, at, parsed }): JudgedRun[] => {
    const [lane, policyResult, policyReason] = [parsed.lane, parsed.policy_result, parsed.policy_reason].map(textOf);
    const verdict = driftVerdictOf({ lane: lane!, policyResult: policyResult!, policyReason: policyReason! });
    return verdict ? [{ runId, at: at.getTime(), verdict }] : [];
  });
  const met = await readMet(sourceId, judged);
  return {
    days,
    runs: judged.map((run, index) => {
      const { total, structural, semantic } = met.get(index) ?? { total: 0, structural: 0, semantic: 0 };
      return {
        ...run,
        at: new Date(run.at).toISOString(),
        structural: rateOf(structural, total),
        semantic: rateOf(semantic, total),
      };
    }),
    capped: starts.length > mostRuns,
    now: now.toISOString(),
  };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

type Met = { index: number; total: number; structural: number; semantic: number };

/** What the budget counted as each run began: up to the newest line of that moment, as many lines as the budget takes. */
async function readMet(sourceId: string, runs: readonly JudgedRun[]): Promise<Map<number, Met>> {
  const asked = runs.map(({ at }, index) => ({ index, at: new Date(at).toISOString() }));
  const rows = await db().$queryRaw<Met[]>`
    SELECT b."index", w.* FROM (SELECT ${telemetryFile(sourceId)} AS "id") f CROSS JOIN json_to_recordset(${JSON.stringify(asked)}::json) AS b("index" int, "at" timestamptz)
    CROSS JOIN LATERAL (
      SELECT max(l."line") AS "line" FROM unnest(${[...telemetryKinds]}::text[]) k("kind") CROSS JOIN LATERAL (
        SELECT r."line" FROM "SourceRecord" r WHERE r."fileId" = f."id" AND ${isTelemetry} AND r."kind" = k."kind" AND r."recordedAt" <= b."at"
        ORDER BY r."recordedAt" DESC, r."line" DESC LIMIT 1) l) last
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "total", (count(*) FILTER (WHERE w."kind" = 'schema.drift.structural'))::int AS "structural", (count(*) FILTER (WHERE w."kind" = 'schema.drift.semantic'))::int AS "semantic"
      FROM (SELECT r."kind" FROM "SourceRecord" r WHERE r."fileId" = f."id" AND ${isTelemetry} AND r."line" <= last."line" ORDER BY r."line" DESC LIMIT ${thegentDefaults.limit}) w) w`;
  return new Map(rows.map((row) => [row.index, row]));
}
