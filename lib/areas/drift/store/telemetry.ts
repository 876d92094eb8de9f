import "server-only";
import type { DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import type { HourRow } from "@/lib/areas/drift/domain/hours";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";
import { freeze, thaw } from "./frozen";

type Following = Grant<"drift.follow">;

export type StoredDrift = { window: DriftWindow; upToLine: number; updatedAt: Date };

/** What drift of a source is told from; null: nothing of its telemetry was read yet. */
export async function findDrift(tx: Tx | null, sourceId: string): Promise<StoredDrift | null> {
  const [row] = await (tx ?? db()).$queryRaw<{ window: string; upToLine: number; updatedAt: Date }[]>`
    SELECT "window"::text AS "window", "upToLine", "updatedAt" FROM "DriftState" WHERE "sourceId" = ${sourceId}::uuid`;
  return row ? { ...row, window: thaw(row.window) as DriftWindow } : null;
}

/** Keeps it as it is now. Whoever follows a source's file holds that file's row, so that nobody else writes it meanwhile. */
export async function saveDrift(
  tx: Tx,
  _grant: Following,
  sourceId: string,
  { window, upToLine, updatedAt }: StoredDrift,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DriftState" ("sourceId", "window", "lines", "upToLine", "updatedAt")
    VALUES (${sourceId}::uuid, ${freeze(window)}::json, ${window.lines}, ${upToLine}, ${updatedAt})
    ON CONFLICT ("sourceId") DO UPDATE SET "window" = EXCLUDED."window", "lines" = EXCLUDED."lines", "upToLine" = EXCLUDED."upToLine", "updatedAt" = EXCLUDED."updatedAt"`;
}

/** Adds to the hours what further lines brought, in one statement however many. */
export async function addHours(tx: Tx, _grant: Following, sourceId: string, hours: readonly HourRow[]): Promise<void> {
  if (!hours.length) return;
  await tx.$executeRaw`
    INSERT INTO "TelemetryHour" AS t ("sourceId", "hour", "provider", "contract", "lines", "structural", "semantic", "outputs", "fallbacks", "successes", "confidence", "confident")
    SELECT ${sourceId}::uuid, b.* FROM json_to_recordset(${JSON.stringify(hours)}::json) AS b("hour" timestamptz, "provider" text, "contract" text, "lines" int, "structural" int,
      "semantic" int, "outputs" int, "fallbacks" int, "successes" int, "confidence" float8, "confident" int)
    ON CONFLICT ("sourceId", "hour", "provider", "contract") DO UPDATE SET "lines" = t."lines" + EXCLUDED."lines", "structural" = t."structural" + EXCLUDED."structural",
      "semantic" = t."semantic" + EXCLUDED."semantic", "outputs" = t."outputs" + EXCLUDED."outputs", "fallbacks" = t."fallbacks" + EXCLUDED."fallbacks",
      "successes" = t."successes" + EXCLUDED."successes", "confidence" = t."confidence" + EXCLUDED."confidence", "confident" = t."confident" + EXCLUDED."confident"`;
}

/** Nothing of the source's telemetry counts any more: its file is read from the start, or is gone. */
export async function forgetDrift(tx: Tx, _grant: Following, sourceId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid`;
  await tx.$executeRaw`DELETE FROM "DriftState" WHERE "sourceId" = ${sourceId}::uuid`;
}
