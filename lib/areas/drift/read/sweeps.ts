import "server-only";
import { sweepResultSchema, type SweepRow, type SweepView } from "@/lib/areas/drift/contract";
import type { SweepResult } from "@/lib/areas/drift/domain/sweep-result";
import { dueAt, overdueAt, type Sweep } from "@/lib/areas/drift/domain/sweep-schedule";
import { toMayDo } from "@/lib/kernel/act/may-do";
import { instant } from "@/lib/kernel/contract";
import { db, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { env } from "@/lib/kernel/env";
import { decide, type Grant, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { sweepMinutesOf } from "@/lib/model/settings";

/** As many as the page lists. */
const listed = 10;

type Stored = Sweep & { askedBy: string | null; result: unknown; problem: string | null };

/** The last ones, newest first, and the last that has a result among them or behind them. */
async function readSweeps(tx: Tx | null, sourceId: string, most: number): Promise<Stored[]> {
  return (tx ?? db()).$queryRaw<Stored[]>`
    SELECT s."id", s."askedAt", s."begunAt", s."endedAt", s."askedById" IS NOT NULL AS "byPerson", p."name" AS "askedBy", s."result", s."problem",
      s."result" IS NOT NULL AS "hasResult"
    FROM ((SELECT * FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid ORDER BY "id" DESC LIMIT ${most})
      UNION (SELECT * FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid AND "result" IS NOT NULL ORDER BY "id" DESC LIMIT 1)) s
      LEFT JOIN "Person" p ON p."id" = s."askedById"
    ORDER BY s."id" DESC`;
}

/** The last that was asked for, and the last that has a result. */
export async function lastSweeps(
  tx: Tx | null,
  sourceId: string,
): Promise<{ last: Sweep | null; done: Sweep | null; everyMinutes: number }> {
  const sweeps = await readSweeps(tx, sourceId, 1);
  return { last: sweeps[0] ?? null, done: sweeps.find(isDone) ?? null, everyMinutes: everyMinutes() };
}

const isDone = ({ hasResult }: Sweep): boolean => hasResult;
const everyMinutes = (): number => sweepMinutesOf(env().settings);

/** What the last sweeps found, and when the next one comes. */
export async function sweepView(_grant: Grant<"drift.view">, actor: PersonActor | null, now: Date): Promise<SweepView> {
  const sweeps = await readSweeps(null, await currentSourceId(), listed);
  const done = sweeps.find(isDone) ?? null;
  const known = { last: sweeps[0] ?? null, done, everyMinutes: everyMinutes() };
  return {
    recent: sweeps.slice(0, listed).map(toRow),
    done: done && toRow(done),
    everyMinutes: known.everyMinutes,
    dueAt: instant(dueAt(known, now)),
    overdueAt: instant(overdueAt(known, now)),
    may: toMayDo(decide(operatingModel, "drift.sweep", actor)),
    now: now.toISOString(),
  };
}

function toRow({ id, askedBy, askedAt, begunAt, endedAt, ...row }: Stored): SweepRow {
  const result = row.result === null ? null : parseResult(row.result);
  return {
    id,
    by: askedBy,
    askedAt: askedAt.toISOString(),
    begunAt: instant(begunAt),
    endedAt: instant(endedAt),
    result,
    problem: row.result !== null && !result ? "What it found cannot be read any more." : row.problem,
  };
}

const parseResult = (stored: unknown): SweepResult | null => sweepResultSchema.safeParse(stored).data ?? null;
