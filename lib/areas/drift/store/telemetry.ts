import "server-only";
import { freeze } from "@/lib/areas/drift/domain/frozen";
import type { HourRow } from "@/lib/areas/drift/domain/hours";
import { withinKinds, type Messages } from "@/lib/areas/drift/domain/message-hours";
import type { StoredDrift } from "@/lib/areas/drift/read/stored";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

type Following = Grant<"drift.follow">;

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

/** Kinds of message of one source that are told apart; more than anybody reads, and no more than a garbage file may fill. */
const mostKinds = 1_000;

/** Adds to the kinds of message what further lines brought. */
export async function addMessages(tx: Tx, _grant: Following, sourceId: string, messages: Messages): Promise<void> {
  if (!messages.hours.length) return;
  const kinds = messages.first.map(({ kind }) => kind);
  const [there] = await tx.$queryRaw<{ known: string[]; count: number }[]>`
    SELECT coalesce(array_agg("kind") FILTER (WHERE "kind" = ANY (${kinds})), '{}') AS "known", count(*)::int AS "count" FROM "DriftMessage" WHERE "sourceId" = ${sourceId}::uuid`;
  const { hours, first } = withinKinds(messages, new Set(there!.known), mostKinds - there!.count);
  await tx.$executeRaw`
    INSERT INTO "DriftMessage" ("sourceId", "kind", "firstAt", "firstLine")
    SELECT ${sourceId}::uuid, b.* FROM json_to_recordset(${JSON.stringify(first)}::json) AS b("kind" text, "firstAt" timestamptz, "firstLine" int) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO "DriftMessageHour" AS t ("sourceId", "hour", "provider", "kind", "outputs", "reports", "lastLine")
    SELECT ${sourceId}::uuid, b.* FROM json_to_recordset(${JSON.stringify(hours)}::json) AS b("hour" timestamptz, "provider" text, "kind" text, "outputs" int, "reports" int, "lastLine" int)
    ON CONFLICT ("sourceId", "hour", "provider", "kind") DO UPDATE SET "outputs" = t."outputs" + EXCLUDED."outputs", "reports" = t."reports" + EXCLUDED."reports",
      "lastLine" = CASE WHEN EXCLUDED."outputs" > 0 OR t."outputs" = 0 THEN EXCLUDED."lastLine" ELSE t."lastLine" END`;
}

/** Nothing of the source's telemetry counts any more: its file is read from the start, or is gone. */
export async function forgetDrift(tx: Tx, _grant: Following, sourceId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid`;
  await tx.$executeRaw`DELETE FROM "DriftMessageHour" WHERE "sourceId" = ${sourceId}::uuid`;
  await tx.$executeRaw`DELETE FROM "DriftMessage" WHERE "sourceId" = ${sourceId}::uuid`;
  await tx.$executeRaw`DELETE FROM "DriftState" WHERE "sourceId" = ${sourceId}::uuid`;
}
