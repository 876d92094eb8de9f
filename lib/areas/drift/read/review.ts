import "server-only";
import type { ReviewView } from "@/lib/areas/drift/contract-views";
import { comparedNow } from "@/lib/areas/drift/domain/compare";
import { emptyDriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { shown } from "@/lib/areas/drift/domain/hours";
import { followed } from "@/lib/areas/drift/domain/rule";
import { windowsOf } from "@/lib/areas/drift/domain/windows";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { readAffectedRuns } from "./affected-runs";
import { readMessages, readSides } from "./sides";
import { findDrift } from "./stored";
import { readTail } from "./telemetry";

type Row = {
  provider: string | null;
  findings: readonly { what: string }[];
  openedAt: Date;
  beganAt: Date | null;
  closedAt: Date | null;
};

/** What there is to see of an episode: what came before it and since, what is wrong with outputs, and whose. Null: there is no such one. Costs the same however long the history is. */
export async function readReview(grant: Grant<"drift.view">, id: string, now: Date): Promise<ReviewView | null> {
  const sourceId = await currentSourceId();
  const [row] = await db().$queryRaw<Row[]>`
    SELECT d."provider", d."findings", d."openedAt", d."beganAt", e."closedAt" FROM "DriftEpisode" d JOIN "Escalation" e ON e."id" = d."id"
    WHERE d."id" = ${id}::uuid AND d."sourceId" = ${sourceId}::uuid`;
  if (!row) return null;
  const beganAt = row.beganAt ?? row.openedAt;
  const windows = windowsOf(beganAt, row.closedAt ?? now);
  const providers = row.provider === null ? null : namesOf(row.provider);
  const budget = row.findings.some(({ what }) => what === "structural" || what === "semantic");
  const [[whole], byProvider, contracts, counted, messages, runs] = await Promise.all([
    readSides(sourceId, windows, "all", null),
    readSides(sourceId, windows, "provider", null),
    readSides(sourceId, windows, "contract", providers),
    readCounted(sourceId),
    readMessages(sourceId, windows, providers),
    readAffectedRuns(sourceId, windows, { budget, provider: providers }),
  ]);
  return {
    id,
    provider: row.provider,
    from: windows.from.toISOString(),
    at: windows.at.toISOString(),
    until: windows.until.toISOString(),
    beganAt: instant(row.beganAt),
    whole: whole ?? { name: "", before: null, after: null },
    providers: byProvider,
    contracts,
    counted,
    messages,
    runs,
    now: now.toISOString(),
  };
}

/** An episode's provider as hours name it: what is missing is None to thegent's comparison, and unknown to its statistics. */
const namesOf = (provider: string): string[] => (provider === "None" ? ["unknown", "null"] : [shown(provider)]);

async function readCounted(sourceId: string): Promise<ReviewView["counted"]> {
  const [stored, tail] = await Promise.all([findDrift(null, sourceId), readTail(sourceId, 3 * followed.window)]);
  const lines = tail.map(({ line, bytes }) => readTelemetryLine(bytes, line));
  return comparedNow(stored?.window ?? emptyDriftWindow(followed, false), lines);
}
