import "server-only";
import type { EventKinds, EventsPage, EventsQuery } from "@/lib/areas/drift/contract-views";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { toEvent } from "./event-row";
import { isTelemetry, recordColumns, telemetryFile, telemetryKinds, type TelemetryRecord } from "./telemetry";

const perPage = 50;

const kindsOf: Readonly<Record<EventKinds, readonly string[]>> = {
  all: telemetryKinds,
  structural: ["schema.drift.structural"],
  semantic: ["schema.drift.semantic"],
};

/** The lines of telemetry of a while, by their own time; those that tell none are of no while. Costs a page of each kind, however many there are. */
export async function readEvents(
  _grant: Grant<"drift.view">,
  { from, until, kind, after }: EventsQuery,
  now: Date,
): Promise<EventsPage> {
  const sourceId = await currentSourceId();
  const last = placeOf(after) ?? { at: new Date(from), line: 0 };
  const rows = await db().$queryRaw<(TelemetryRecord & { at: Date })[]>`
    SELECT p.* FROM (SELECT ${telemetryFile(sourceId)} AS "id") f CROSS JOIN unnest(${[...kindsOf[kind]]}::text[]) k("kind") CROSS JOIN LATERAL (
      SELECT ${recordColumns} FROM "SourceRecord" r WHERE r."fileId" = f."id" AND ${isTelemetry} AND r."kind" = k."kind"
        AND r."recordedAt" >= ${new Date(from)} AND r."recordedAt" < ${new Date(until)} AND (r."recordedAt", r."line") > (${last.at}::timestamptz, ${last.line}::int)
      ORDER BY r."recordedAt", r."line" LIMIT ${perPage + 1}) p
    ORDER BY p."at", p."line" LIMIT ${perPage + 1}`;
  const page = rows.slice(0, perPage);
  const end = page.at(-1);
  return {
    rows: page.flatMap((row) => toEvent(row) ?? []),
    next: rows.length > perPage && end ? `${end.at.toISOString()} ${end.line}` : null,
    now: now.toISOString(),
  };
}

/** Null: it is none of a page's, and the first page is read. */
function placeOf(after: string | undefined): { at: Date; line: number } | null {
  const [at, line] = (after ?? "").split(" ");
  const place = { at: new Date(at ?? ""), line: Number(line) };
  return Number.isNaN(place.at.getTime()) || !Number.isSafeInteger(place.line) || place.line > 2_147_483_647
    ? null
    : place;
}
