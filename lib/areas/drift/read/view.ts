import "server-only";
import type { DriftView, ProviderRow, RatePoint } from "@/lib/areas/drift/contract";
import type { Span } from "@/lib/areas/drift/domain/spans";
import { issuesOf } from "@/lib/areas/drift/domain/detect";
import type { Figure } from "@/lib/areas/drift/domain/drift";
import { emptyDriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { budgetOf, budgetSumsOf, kpisOf, statsOf } from "@/lib/areas/drift/domain/figures";
import { undated } from "@/lib/areas/drift/domain/hours";
import { followed } from "@/lib/areas/drift/domain/rule";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { readBlock } from "./block";
import { readCircuits } from "./circuits";
import { readEpisodes } from "./episodes";
import { findDrift } from "./stored";

const hourMs = 3_600_000;
/** A month by the hour is more points than a screen has room for. */
const grains: Readonly<Record<Span, number>> = { "1": hourMs, "7": hourMs * 3, "30": hourMs * 24 };

/** Drift as thegent itself would tell it at this moment, and how it moved; read from sums, so that it costs the same however much telemetry there is. */
export async function driftView(grant: Grant<"drift.view">, span: Span, now: Date): Promise<DriftView> {
  const sourceId = await currentSourceId();
  const grainMs = grains[span];
  const from = new Date(Math.floor((now.getTime() - Number(span) * 24 * hourMs) / grainMs) * grainMs);
  const [stored, points, providers, without, circuits, episodes] = await Promise.all([
    findDrift(null, sourceId),
    readPoints(sourceId, from, grainMs),
    readProviders(sourceId, from),
    countUndated(sourceId),
    readCircuits(grant, sourceId, now),
    readEpisodes(grant, sourceId),
  ]);
  const window = stored?.window ?? emptyDriftWindow(followed, false);
  const { total, structural, semantic } = budgetSumsOf(window);
  const [budget, kpis] = [budgetOf(window), kpisOf(window)];
  const blocked = budget.ok && !budget.value.within_budget;
  const lift = blocked ? await readBlock(sourceId, window, now) : null;
  return {
    counted: stored && {
      lines: window.lines,
      upToLine: stored.upToLine,
      at: stored.updatedAt.toISOString(),
    },
    budget,
    budgetCounts: { total, structural, semantic },
    goodLines: lift && lift.goodLines,
    block: lift && lift.block,
    issues: issuesOf(window),
    stats: plain(statsOf(window)),
    providersNow: kpis.ok ? [...kpis.value.by_provider].map(([name, figures]) => ({ name, ...figures })) : [],
    span,
    from: from.toISOString(),
    grainMs,
    points,
    providers,
    undated: without,
    circuits,
    episodes,
    now: now.toISOString(),
  };
}

function plain<Value extends object>(
  figure: Figure<Value & { by_provider?: unknown }>,
): Figure<Omit<Value, "by_provider">> {
  if (!figure.ok) return figure;
  const { by_provider: _, ...value } = figure.value;
  return { ok: true, value };
}

type Sums = Omit<RatePoint, "at"> & { at: Date };

async function readPoints(sourceId: string, from: Date, grainMs: number): Promise<RatePoint[]> {
  const rows = await db().$queryRaw<Sums[]>`
    SELECT date_bin(${`${grainMs} milliseconds`}::interval, "hour", ${from}::timestamptz) AS "at", sum("lines")::int AS "lines", sum("structural")::int AS "structural",
      sum("semantic")::int AS "semantic", sum("outputs")::int AS "outputs", sum("fallbacks")::int AS "fallbacks"
    FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid AND "hour" >= ${from} GROUP BY 1 ORDER BY 1`;
  return rows.map(({ at, ...sums }) => ({ at: at.toISOString(), ...sums }));
}

/** As many as a page lists; the ones with most lines. */
const mostProviders = 100;

async function readProviders(sourceId: string, from: Date): Promise<ProviderRow[]> {
  const rows = await db().$queryRaw<(Omit<ProviderRow, "at"> & { at: Date })[]>`
    SELECT "provider", "contract", min("hour") AS "at", sum("lines")::int AS "lines", sum("structural")::int AS "structural", sum("semantic")::int AS "semantic",
      sum("outputs")::int AS "outputs", sum("fallbacks")::int AS "fallbacks", sum("successes")::int AS "successes", sum("confidence") / nullif(sum("confident"), 0) AS "confidence"
    FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid AND "hour" >= ${from} GROUP BY 1, 2 ORDER BY sum("lines") DESC, 1, 2 LIMIT ${mostProviders}`;
  return rows.map(({ at, ...sums }) => ({ at: at.toISOString(), ...sums }));
}

async function countUndated(sourceId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ lines: number | null }[]>`
    SELECT sum("lines")::int AS "lines" FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid AND "hour" = ${undated}::timestamptz`;
  return row?.lines ?? 0;
}
