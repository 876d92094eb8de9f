import "server-only";
import type { ExampleLine, ExampleView } from "@/lib/areas/drift/contract-views";
import { laidOut } from "@/lib/areas/drift/domain/laid-out";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { toEvent } from "./event-row";
import { findLines, isTelemetry, recordColumns, telemetryFile, type TelemetryRecord } from "./telemetry";

/** Lines before one among which a fitting one is looked for. */
const nearby = 500;

type Asked = { recent?: number | undefined; earlier?: number | undefined };

/** Two lines to hold against each other. Where no earlier one is asked for, it is the last before it of the same provider and contract that was fine. */
export async function readExample(
  _grant: Grant<"drift.view">,
  { recent, earlier }: Asked,
  now: Date,
): Promise<ExampleView> {
  const sourceId = await currentSourceId();
  const found = await findLines(
    sourceId,
    [recent, earlier].filter((line) => line !== undefined),
  );
  const at = (line: number | undefined) => found.find((one) => one.line === line) ?? null;
  const [now_, before] = [at(recent), at(earlier)];
  const other = before ?? (now_ && earlier === undefined ? await findFine(sourceId, now_) : null);
  return { recent: now_ && toLine(now_), earlier: other && toLine(other), now: now.toISOString() };
}

async function findFine(sourceId: string, record: TelemetryRecord): Promise<TelemetryRecord | null> {
  const event = toEvent(record);
  const before = await db().$queryRaw<TelemetryRecord[]>`
    SELECT ${recordColumns} FROM "SourceRecord" r WHERE r."fileId" = ${telemetryFile(sourceId)} AND ${isTelemetry} AND r."line" < ${record.line} ORDER BY r."line" DESC LIMIT ${nearby}`;
  const fits = (one: TelemetryRecord) => {
    const other = toEvent(one);
    return other?.isOutput && other.success && other.provider === event?.provider && other.contract === event.contract;
  };
  return before.find(fits) ?? null;
}

const toLine = ({ line, at, bytes }: TelemetryRecord): ExampleLine => ({ line, at: instant(at), text: laidOut(bytes) });
