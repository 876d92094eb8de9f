import type { Dialect } from "./dialect";

/** The same words as the database enum. */
export type SourceFileKind =
  | "run_registry"
  | "escalation_queue"
  | "override_registry"
  | "contract_telemetry"
  | "checkpoint_registry"
  | "circuit_breakers"
  | "handoff_registry"
  | "session_meta"
  | "env_transition_state"
  | "circuit_state"
  | "second_queue"
  | "governance_events";

/**
 * What one line (or one whole document) says, or why it cannot be used. Pure: same bytes, same answer.
 * `parsed` is JSON text that PostgreSQL's `json` accepts: numbers as written, NaN and ±Infinity as strings, unknown keys kept.
 */
export type ParsedRecord =
  | {
      ok: true;
      /** The record's own kind: its `event` or `event_type`, else what its file holds ("start", "override", …); in the queue "escalation.pending" or "escalation.closed". */
      kind: string;
      runId: string | null;
      recordedAt: Date | null;
      /** escalation_queue only: lower-case hex SHA-256 of the canonical record without `status` and `resolved_at_utc`. */
      identityKey: string | null;
      /** Which thegent wrote it; null: it does not tell. */
      dialect: Dialect | null;
      parsed: string;
    }
  /** `mayWait` false: of the queue, and says itself that it does not wait. */
  | { ok: false; reason: string; mayWait?: boolean };

/** One of thegent's files: how to know it, how to cut it, how to read a record of it. A new file is a row in `formats.ts`. */
export type FileFormat = {
  kind: SourceFileKind;
  /** Is this path (relative to the session directory, "/" between parts) such a file? */
  matches(path: string): boolean;
  /** `lines`: JSONL, tailed. `document`: one JSON text, read whole. */
  style: "lines" | "document";
  /** Nobody has reason to take records away: that it shrank is said at once. Of the queue, which thegent writes anew in place, each item says so. */
  onlyGrows?: boolean;
  /** Without the line ending. Never throws. */
  parse(bytes: Uint8Array): ParsedRecord;
};
