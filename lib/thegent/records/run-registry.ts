import type { ParsedRecord } from "./format";
import { dialectOfRecord, instantOf, kindOf, parseRecord, runIdOf } from "./reading";

/** FORMATS §1.1. Any object is a record; a start has no `event`, the schema marker no run. */
export const parseRunRegistry = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const run = runIdOf(value);
    if (!run.ok) return run;
    const recordedAt = instantOf(value.get("timestamp")) ?? instantOf(value.get("started_at_utc"));
    return {
      ok: true,
      kind: kindOf(value, "start"),
      runId: run.runId,
      recordedAt,
      dialect: dialectOfRecord("run_registry", value),
    };
  });
