import "server-only";
import type { SweepResult } from "@/lib/areas/drift/domain/sweep-result";
import type { SweepingAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** A source keeps as many; what older ones found, the chain tells in short. */
const kept = 200;

/**
 * A sweep is asked for, by whoever holds the grant. Null: one is open, or has come since `after` (0: there was none). Somebody else who asks at this
 * moment is waited for.
 */
export async function insertSweep(
  tx: Tx,
  grant: Grant<SweepingAction>,
  sourceId: string,
  after: number,
  now: Date,
): Promise<number | null> {
  const askedById = grant.actor.kind === "person" ? grant.actor.id : null;
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "Sweep" ("sourceId", "askedById", "askedAt") SELECT ${sourceId}::uuid, ${askedById}::uuid, ${now}::timestamptz
    WHERE NOT EXISTS (SELECT 1 FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid AND "id" > ${after})
    ON CONFLICT ("sourceId") WHERE "endedAt" IS NULL DO NOTHING RETURNING "id"`;
  return row?.id ?? null;
}

type Running = Grant<"drift.run-sweep">;

/** The open one is begun. Null: there is none, or it was begun already. */
export async function beginSweep(tx: Tx, _grant: Running, sourceId: string, now: Date): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    UPDATE "Sweep" SET "begunAt" = ${now} WHERE "sourceId" = ${sourceId}::uuid AND "begunAt" IS NULL AND "endedAt" IS NULL RETURNING "id"`;
  return row?.id ?? null;
}

export type Ended = { result: SweepResult } | { problem: string };

/** False: it ended already, and stays what it was. */
export async function endSweep(tx: Tx, _grant: Running, id: number, ended: Ended, now: Date): Promise<boolean> {
  const result = "result" in ended ? JSON.stringify(ended.result) : null;
  const problem = "problem" in ended ? ended.problem : null;
  const count = await tx.$executeRaw`
    UPDATE "Sweep" SET "endedAt" = GREATEST("begunAt", ${now}::timestamptz), "result" = ${result}::jsonb, "problem" = ${problem}
    WHERE "id" = ${id} AND "begunAt" IS NOT NULL AND "endedAt" IS NULL`;
  return count > 0;
}

/** Of a source the last ones stay, and the last that has a result. */
export async function forgetSweeps(tx: Tx, _grant: Running, sourceId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid
      AND "id" <= (SELECT "id" FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid ORDER BY "id" DESC OFFSET ${kept} LIMIT 1)
      AND "id" <> (SELECT coalesce(max("id"), 0) FROM "Sweep" WHERE "sourceId" = ${sourceId}::uuid AND "result" IS NOT NULL)`;
}
