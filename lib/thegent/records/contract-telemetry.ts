import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, runIdOf } from "./reading";

/** FORMATS §1.2, §6. Any object counts in thegent's windows, so any object is a record. */
export const parseContractTelemetry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const run = runIdOf(value);
    if (!run.ok) return run;
    return {
      ok: true,
      kind: kindOf(value, "telemetry"),
      runId: run.runId,
      recordedAt: instantOf(value.get("timestamp")),
    };
  });
