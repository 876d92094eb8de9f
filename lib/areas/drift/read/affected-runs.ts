import "server-only";
import type { AffectedRun, EventRow } from "@/lib/areas/drift/contract-views";
import type { Windows } from "@/lib/areas/drift/domain/windows";
import { foldRun, type RegistryLine } from "@/lib/areas/run/port";
import { db } from "@/lib/kernel/db/client";
import { toEvent } from "./event-row";
import { isTelemetry, recordColumns, telemetryFile, telemetryKinds, type TelemetryRecord } from "./telemetry";

/** The newest lines of each kind that are looked at, the runs that are named, and the lines of a run's own story. */
const most = { lines: 500, runs: 50, registryLines: 20 };

/** Which lines are of the episode: drift of its kinds, or outputs that were read as plain text or were wrong; of its provider alone, if it has one. */
export type Concerns = { budget: boolean; provider: readonly string[] | null };

/** The runs whose outputs are what the episode is about, newest first, with what the registry and the queue say of them. */
export async function readAffectedRuns(
  sourceId: string,
  { at, until }: Windows,
  concerns: Concerns,
): Promise<{ rows: AffectedRun[]; capped: boolean }> {
  const kinds = concerns.budget ? telemetryKinds.slice(1, 3) : telemetryKinds;
  const records = await db().$queryRaw<TelemetryRecord[]>`
    SELECT p.* FROM (SELECT ${telemetryFile(sourceId)} AS "id") f CROSS JOIN unnest(${[...kinds]}::text[]) k("kind") CROSS JOIN LATERAL (
      SELECT ${recordColumns} FROM "SourceRecord" r WHERE r."fileId" = f."id" AND ${isTelemetry} AND r."kind" = k."kind" AND r."recordedAt" >= ${at} AND r."recordedAt" < ${until}
      ORDER BY r."recordedAt" DESC, r."line" DESC LIMIT ${most.lines}) p ORDER BY p."line" DESC`;
  const perKind = new Map<string, number>();
  for (const { kind } of records) perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
  const runs = gather(records.flatMap((record) => toEvent(record) ?? []).filter((event) => isOf(event, concerns)));
  const named = runs.slice(0, most.runs);
  const [registry, items] = await Promise.all([
    readRegistry(
      sourceId,
      named.map(({ runId }) => runId),
    ),
    readItems(
      sourceId,
      named.map(({ runId }) => runId),
    ),
  ]);
  return {
    rows: named.map((run) => ({ ...run, run: registry.get(run.runId) ?? null, itemId: items.get(run.runId) ?? null })),
    capped: runs.length > most.runs || [...perKind.values()].some((count) => count === most.lines),
  };
}

function isOf(event: EventRow, { budget, provider }: Concerns): boolean {
  if (provider && !provider.includes(event.provider)) return false;
  return event.drift !== null || (!budget && event.isOutput && (event.fallback || !event.success));
}

type Gathered = Omit<AffectedRun, "run" | "itemId">;

/** Newest line first. */
function gather(events: readonly EventRow[]): Gathered[] {
  const runs = new Map<string, Gathered>();
  for (const { runId, line, at, drift, fallback, provider } of events) {
    if (runId === null) continue;
    const run = runs.get(runId) ?? {
      runId,
      lines: 0,
      drift: [],
      fallback: false,
      provider,
      lastLine: line,
      lastAt: at,
    };
    runs.set(runId, {
      ...run,
      lines: run.lines + 1,
      drift: drift === null || run.drift.includes(drift) ? run.drift : [...run.drift, drift],
      fallback: run.fallback || fallback,
    });
  }
  return [...runs.values()];
}

async function readRegistry(sourceId: string, runIds: readonly string[]): Promise<Map<string, AffectedRun["run"]>> {
  const rows = await db().$queryRaw<{ runId: string; lines: RegistryLine[] | null }[]>`
    SELECT b."runId", (SELECT json_agg(json_build_object('line', l."line", 'parsed', l."parsed") ORDER BY l."line") FROM (
      SELECT r."line", r."parsed" FROM "SourceRecord" r WHERE r."fileId" = f."id" AND r."runId" = b."runId" AND r."goneAt" IS NULL ORDER BY r."line" LIMIT ${most.registryLines}) l) AS "lines"
    FROM unnest(${[...runIds]}::text[]) b("runId") JOIN "SourceFile" f ON f."sourceId" = ${sourceId}::uuid AND f."kind" = 'run_registry'`;
  return new Map(
    rows.map(({ runId, lines }) => {
      const run = foldRun(runId, lines ?? []);
      return [runId, run && { lane: run.lane, status: run.status, owner: run.owner, agent: run.agent }];
    }),
  );
}

async function readItems(sourceId: string, runIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db().$queryRaw<{ runId: string; id: string }[]>`
    SELECT b."runId", e."id" FROM unnest(${[...runIds]}::text[]) b("runId") CROSS JOIN LATERAL (
      SELECT e."id" FROM "Escalation" e WHERE e."sourceId" = ${sourceId}::uuid AND e."runId" = b."runId" ORDER BY e."openedAt" DESC LIMIT 1) e`;
  return new Map(rows.map(({ runId, id }) => [runId, id]));
}
