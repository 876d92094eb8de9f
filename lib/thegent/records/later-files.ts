import type { ParsedRecord } from "./format";
import { instantOf, kindOf, parseRecord, runIdOf } from "./reading";

/** FORMATS §13: what only a later thegent writes. Little is known of its records, so any object is one, and is kept as it stands. */
const parseObject =
  (kind: string) =>
  (bytes: Uint8Array): ParsedRecord =>
    parseRecord(bytes, () => ({ ok: true, kind, recordedAt: null, dialect: "later" }));

/** circuit_breakers.json: every circuit, open or not. */
export const parseCircuitState = parseObject("circuits");

/** escalations/<id>.json: an item of a queue beside the queue. */
export const parseSecondQueue = parseObject("escalation");

/** governance_events.jsonl: among others the runs that wait for somebody's approval. */
export const parseGovernanceEvents = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const run = runIdOf(value);
    if (!run.ok) return run;
    return {
      ok: true,
      kind: kindOf(value, "governance"),
      runId: run.runId,
      recordedAt: instantOf(value.get("emitted_at_utc")),
      dialect: "later",
    };
  });
