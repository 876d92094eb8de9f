import "server-only";
import { db, type Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** The recorded lines of a source's telemetry, by the two indexes that are theirs: by kind and time, and by their place in the file. */

export const telemetryKinds = [
  "normalization",
  "schema.drift.structural",
  "schema.drift.semantic",
  "telemetry",
] as const;
type TelemetryKind = (typeof telemetryKinds)[number];

/** A condition on a record `r`. The kinds stand in it as text, or no partial index would be taken. */
export const isTelemetry = Prisma.raw(
  `r."kind" IN (${telemetryKinds.map((kind) => `'${kind}'`).join(", ")}) AND r."goneAt" IS NULL`,
);

export type TelemetryRecord = {
  line: number;
  at: Date | null;
  kind: TelemetryKind;
  runId: string | null;
  bytes: Uint8Array;
};
export const recordColumns = Prisma.sql`r."line", r."recordedAt" AS "at", r."kind", r."runId", r."bytes"`;

/** The telemetry file of a source, as a subquery. */
export const telemetryFile = (sourceId: string): Prisma.Sql =>
  Prisma.sql`(SELECT f."id" FROM "SourceFile" f WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'contract_telemetry' ORDER BY f."path" LIMIT 1)`;

/** Lines by their numbers. */
export const findLines = (sourceId: string, lines: readonly number[]): Promise<TelemetryRecord[]> =>
  db().$queryRaw<TelemetryRecord[]>`
    SELECT ${recordColumns} FROM "SourceRecord" r WHERE r."fileId" = ${telemetryFile(sourceId)} AND ${isTelemetry} AND r."line" = ANY (${[...lines]}::int[])`;

/** The last lines of the file, oldest first. */
export const readTail = async (sourceId: string, count: number): Promise<TelemetryRecord[]> =>
  (
    await db().$queryRaw<TelemetryRecord[]>`
      SELECT ${recordColumns} FROM "SourceRecord" r WHERE r."fileId" = ${telemetryFile(sourceId)} AND ${isTelemetry} ORDER BY r."line" DESC LIMIT ${count}`
  ).reverse();

/** How far it is looked for a line that tells its time. */
const nearby = 1_000;

/** When a line was written by its own time, or the next one that tells it. Null: none of those nearby does. */
export async function findTimeFrom(tx: Tx | null, sourceId: string, line: number): Promise<Date | null> {
  const [row] = await (tx ?? db()).$queryRaw<{ at: Date }[]>`
    SELECT r."recordedAt" AS "at" FROM "SourceRecord" r WHERE r."fileId" = ${telemetryFile(sourceId)} AND ${isTelemetry}
      AND r."line" >= ${line} AND r."line" < ${line + nearby} AND r."recordedAt" IS NOT NULL ORDER BY r."line" LIMIT 1`;
  return row?.at ?? null;
}
