import { describe, expect, test } from "vitest";
import { countDialects, dialectOf, priorityOfLater, whoWrote, type Fields } from "./dialect";

const fields = (line: string): Fields => {
  const record = JSON.parse(line) as Record<string, unknown>;
  return { keys: Object.keys(record), get: (key) => record[key] };
};

/** As both write them. */
const lines = {
  queue:
    '{"run_id": "run_7a", "reason": "Circuit open", "owner": "ana:shop", "agent": "codex", "lane": "critical", "priority": 2, "blocked_at_utc": "2026-03-01T09:00:00.500000+00:00", "escalate_by_utc": "2026-03-01T09:30:00.500000+00:00", "sla_minutes": 30, "status": "pending"}',
  laterQueue:
    '{"escalate_by_utc": "2026-03-01T09:30:00Z", "owner": "ana:shop", "priority": 1, "reason": "Circuit open", "run_id": "run_7a", "sla_minutes": 30, "status": "pending"}',
  laterQueueWithoutSla:
    '{"_from_add": true, "owner": null, "priority": 5, "reason": "look", "run_id": "run_7a", "status": "pending"}',
  override:
    '{"owner": "ana:shop", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "2026-03-02T09:00:00+00:00"}',
  laterOverride:
    '{"expires_at_utc": "2026-03-01T10:00:00+00:00", "owner": "ana:shop", "reason": "CHG-7", "status": "active", "timestamp": "2026-03-01T09:00:00+00:00"}',
  marker: '{"event": "schema_version", "version": 1, "timestamp": "2026-03-01T09:00:00+00:00", "hash": "f7"}',
  header: `{"run_id": "__header__", "prev_hash": "${"0".repeat(64)}", "hash": "aa"}`,
  start:
    '{"run_id":"run_1","agent":"claude","started_at_utc":"2026-03-01T09:00:01+00:00","status":"started","signature":null,"host":"h1","pid":4242,"prev_hash":"f7","hash":"aa"}',
  laterStart:
    '{"run_id":"run_1","agent":"claude","started_at_utc":"2026-03-01T09:00:01+00:00","status":"started","confidence":1.0,"prev_hash":"00","hash":"aa"}',
  finish: '{"run_id": "run_1", "event": "finish", "exit_code": 0, "prev_hash": "aa", "hash": "e5"}',
  feedback: '{"run_id": "run_1", "event": "feedback", "feedback_score": 1, "prev_hash": "aa", "hash": "e5"}',
  laterFeedback: '{"run_id": "run_1", "event": "feedback", "feedback_score": 1}',
};

describe("which thegent wrote a record is told by", () => {
  test.each([
    ["escalation_queue", lines.queue, "reference"],
    ["escalation_queue", lines.laterQueue, "later"],
    ["escalation_queue", lines.laterQueueWithoutSla, "later"],
    [
      "escalation_queue",
      '{"run_id": "r", "status": "pending", "priority": 2, "escalate_by_utc": "2026-03-01T09:30:00+00:00"}',
      null,
    ],
    ["escalation_queue", lines.queue.replaceAll("+00:00", "Z"), null],
    ["override_registry", lines.override, "reference"],
    ["override_registry", lines.laterOverride, "later"],
    ["override_registry", '{"owner": "ana:shop"}', null],
    ["run_registry", lines.marker, "reference"],
    ["run_registry", lines.header, "later"],
    ["run_registry", lines.start, "reference"],
    ["run_registry", lines.laterStart, "later"],
    ["run_registry", lines.finish, null],
    ["run_registry", lines.feedback, "reference"],
    ["run_registry", lines.laterFeedback, "later"],
    ["circuit_breakers", lines.header, null],
    ["constructor", lines.header, null],
  ])("%s: %s → %s", (kind, line, dialect) => expect(dialectOf(kind, fields(line))).toBe(dialect));
});

test("which thegent wrote a file is told by its records together", () => {
  const of = (...some: string[]) => whoWrote(countDialects("run_registry", some.map(fields)));
  expect([
    of(),
    of(lines.finish),
    of(lines.marker, lines.finish),
    of(lines.header),
    of(lines.start, lines.laterStart, lines.start),
  ]).toEqual([null, null, "reference", "later", "mixed"]);
});

test.each([
  [1, 4],
  [5, 0],
  [null, 0],
  [10, -5],
])("the later priority %j is %d here", (theirs, ours) => expect(priorityOfLater(theirs)).toBe(ours));
