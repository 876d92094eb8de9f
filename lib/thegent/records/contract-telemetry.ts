import type { ParsedRecord } from "./format";
import { instantOf, parseRecord, runIdOf } from "./reading";

/** The event types that thegent writes; of a line with another one no more is known than that it is telemetry. */
const eventTypes: ReadonlySet<unknown> = new Set(["normalization", "schema.drift.structural", "schema.drift.semantic"]);

/** FORMATS §1.2, §6. Any object counts in thegent's windows, so any object is a record. */
export const parseContractTelemetry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const run = runIdOf(value);
    if (!run.ok) return run;
    const type = value.get("event_type");
    return {
      ok: true,
      kind: eventTypes.has(type) ? (type as string) : "telemetry",
      runId: run.runId,
      recordedAt: instantOf(value.get("timestamp")),
    };
  });
