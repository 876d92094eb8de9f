import "server-only";
import type { CircuitView } from "@/lib/areas/drift/contract";
import { circuitsOf, type Circuit } from "@/lib/areas/drift/domain/circuit";
import { db } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";
import { readCircuitFailure } from "@/lib/thegent/records/circuit-failure";

const hourMs = 3_600_000;
/** How far back it is looked for when a circuit opened. */
const back = 24 * hourMs;
/** The newest failures; a circuit that fails this often has been open for as long as they reach back, at least. */
const mostFailures = 5_000;

const order: Readonly<Record<Circuit["state"], number>> = { open: 0, "half-open": 1, closed: 2 };

/** The circuits that failed within a day, as thegent has them at this moment; those that are open first. */
export async function readCircuits(_grant: Grant<"drift.view">, sourceId: string, now: Date): Promise<CircuitView[]> {
  const rows = await db().$queryRaw<{ bytes: Uint8Array }[]>`
    SELECT r."bytes" FROM "SourceRecord" r JOIN "SourceFile" f ON f."id" = r."fileId"
    WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'circuit_breakers' AND r."kind" = 'failure' AND r."goneAt" IS NULL
      AND r."recordedAt" >= ${new Date(now.getTime() - back)} ORDER BY r."recordedAt" DESC LIMIT ${mostFailures}`;
  const failures = rows.flatMap(({ bytes }) => readCircuitFailure(bytes) ?? []);
  return circuitsOf(failures, now.getTime() * 1000)
    .map(toView)
    .sort((a, b) => order[a.state] - order[b.state] || b.failures - a.failures || (a.target < b.target ? -1 : 1));
}

const toView = ({
  category,
  target,
  state,
  failures,
  lastFailureMicros,
  notClosedSinceMicros,
}: Circuit): CircuitView => ({
  category,
  target,
  state,
  failures,
  lastFailureAt: instant(lastFailureMicros),
  since: notClosedSinceMicros === null ? null : instant(notClosedSinceMicros),
});

const instant = (micros: number): string => new Date(micros / 1000).toISOString();
