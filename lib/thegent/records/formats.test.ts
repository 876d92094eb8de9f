import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cutLines } from "@/lib/thegent/python/lines";
import type { SourceFileKind } from "./format";
import { findFormat, formats } from "./formats";

const session = "samples/session";
const parse = (path: string, line: string | Uint8Array) => {
  const format = findFormat(path);
  if (!format) throw new Error(`no format for ${path}`);
  return format.parse(typeof line === "string" ? Buffer.from(line) : line);
};

/** One recorded record of each kind, and what its essential field is called. */
const recorded: Record<
  SourceFileKind,
  {
    path: string;
    line: string;
    kind: string;
    runId: string | null;
    recordedAt: string | null;
    essential: string | null;
  }
> = {
  run_registry: {
    path: "run_registry.jsonl",
    line: '{"run_id":"run_1","agent":"claude","prompt":"Café – 修 🌓","started_at_utc":"2026-03-01T09:00:01.250999+00:00","confidence":1.0,"hash":"aa"}',
    kind: "start",
    runId: "run_1",
    recordedAt: "2026-03-01T09:00:01.250Z",
    essential: null,
  },
  escalation_queue: {
    path: "escalation_queue.jsonl",
    line: '{"run_id": "run_7a", "reason": "Circuit open", "owner": "ana:shop", "agent": "codex", "lane": "critical", "priority": 2, "blocked_at_utc": "2026-03-01T09:00:00.500000+00:00", "escalate_by_utc": "2026-03-01T09:30:00.500000+00:00", "sla_minutes": 30, "status": "pending"}',
    kind: "escalation.pending",
    runId: "run_7a",
    recordedAt: "2026-03-01T09:00:00.500Z",
    essential: "run_id",
  },
  override_registry: {
    path: "override_registry.jsonl",
    line: '{"owner": "ana:shop", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "2026-03-02T09:00:00+00:00"}',
    kind: "override",
    runId: null,
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: "owner",
  },
  contract_telemetry: {
    path: "contract_telemetry.jsonl",
    line: '{"timestamp": "2026-03-01T09:00:00+00:00", "event_type": "schema.drift.semantic", "run_id": "run_7a", "provider": "gemini", "details": {"semantic_issues": ["x"]}}',
    kind: "schema.drift.semantic",
    runId: "run_7a",
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: null,
  },
  checkpoint_registry: {
    path: "checkpoint_registry.jsonl",
    line: '{"checkpoint_id":"ckpt_0a1b2c3d","created_at_utc":"2026-03-01T09:00:00+00:00","reason":"Manual checkpoint","dag_content":"# DAG…","owner":"ana:shop"}',
    kind: "checkpoint",
    runId: null,
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: "checkpoint_id",
  },
  circuit_breakers: {
    path: "circuit_breakers.jsonl",
    line: '{"target": "codex", "category": "agent", "event": "failure", "timestamp": "2026-03-01T09:00:00+00:00"}',
    kind: "failure",
    runId: null,
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: "target",
  },
  handoff_registry: {
    path: "handoff_registry.jsonl",
    line: '{"snapshot_id": "snap_1", "timestamp": "2026-03-01T09:00:00+00:00", "incoming_owner": "ben", "event_type": "handoff_confirmed"}',
    kind: "handoff_confirmed",
    runId: null,
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: "snapshot_id",
  },
  session_meta: {
    path: "kp_thegent/20260210T092616Z-copilot-p5000052-71c20387.json",
    line: '{\n  "session_id": "20260210T092616Z-copilot-p5000052-71c20387",\n  "started_at_utc": "2026-02-10T09:26:16+00:00",\n  "status": "running",\n  "version": 1\n}\n',
    kind: "session",
    runId: null,
    recordedAt: "2026-02-10T09:26:16.000Z",
    essential: "session_id",
  },
  env_transition_state: {
    path: "env_transition_state.json",
    line: '{\n  "last_environment": "staging",\n  "updated_at": "2026-03-01T09:00:00+00:00"\n}',
    kind: "environment",
    runId: null,
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: "last_environment",
  },
  circuit_state: {
    path: "circuit_breakers.json",
    line: '{"agent:codex": {"failures": [1772355600.5], "last_failure": 1772355600.5, "state": "open"}, "gemini": {"failures": 2}}',
    kind: "circuits",
    runId: null,
    recordedAt: null,
    essential: null,
  },
  second_queue: {
    path: "escalations/esc_1.json",
    line: '{"id": "esc_1", "reason": "DLQ Enqueue: run_7a", "sla_minutes": 30}',
    kind: "escalation",
    runId: null,
    recordedAt: null,
    essential: null,
  },
  governance_events: {
    path: "governance_events.jsonl",
    line: '{"event_id": "hitl_1", "run_id": "run_7a", "policy": "confidence", "status": "await_approval", "emitted_at_utc": "2026-03-01T09:00:00Z"}',
    kind: "governance",
    runId: "run_7a",
    recordedAt: "2026-03-01T09:00:00.000Z",
    essential: null,
  },
};

describe.each(formats)("the format $kind", ({ kind, matches }) => {
  const sample = recorded[kind];

  it("knows its file, alone", () => {
    expect(matches(sample.path)).toBe(true);
    expect(formats.filter((format) => format.matches(sample.path))).toHaveLength(1);
    expect(findFormat(`archive/kp_thegent/${sample.path}`)).toBeNull();
  });

  it("reads a recorded record, the same each time", () => {
    const first = parse(sample.path, sample.line);
    expect(first).toMatchObject({
      ok: true,
      kind: sample.kind,
      runId: sample.runId,
      recordedAt: sample.recordedAt && new Date(sample.recordedAt),
    });
    expect(parse(sample.path, sample.line)).toEqual(first);
  });

  it("lets unknown keys survive", () => {
    const record = parse(sample.path, sample.line.replace("{", '{"__proto__": 7, "from_later": {"é": [1.50, null]}, '));
    expect(record.ok && record.parsed).toContain('"from_later": {"é": [1.50, null]}');
    expect(record.ok && record.parsed).toContain('"__proto__": 7');
  });

  it.each([
    ["", "not JSON"],
    ['{"torn": "li', "not JSON"],
    ["\ufeff{}", "not JSON"],
    ["[1]", "not an object"],
    ["7", "not an object"],
    ["[".repeat(100_000), "nested too deeply"],
  ])("gives a reason for %j", (line, reason) =>
    expect(parse(sample.path, line)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string }),
  );

  it("gives a reason for invalid UTF-8 (trap 4)", () => {
    const bytes = Buffer.concat([Buffer.from('{"run_id": "'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(parse(sample.path, bytes)).toMatchObject({ ok: false, reason: expect.stringContaining("UTF-8") as string });
  });

  it("gives a reason when its essential field is missing or no text; without one, any object is a record", () => {
    const key = sample.essential;
    if (key === null) expect(parse(sample.path, "{}")).toMatchObject({ ok: true });
    for (const wrong of key === null ? [] : [`"${key}": 5`, `"${key}": null`, `"${key}x": "y"`]) {
      const line = sample.line.replace(new RegExp(`"${key}": ?"[^"]*"`), wrong);
      expect(parse(sample.path, line)).toMatchObject({
        ok: false,
        reason: expect.stringContaining(String(key)) as string,
      });
    }
  });

  it("holds a run_id to 512 characters that can be stored", () => {
    if (sample.runId === null) return;
    const withRun = (runId: string) => parse(sample.path, sample.line.replace(sample.runId ?? "", runId));
    expect(withRun("r".repeat(512))).toMatchObject({ ok: true, runId: "r".repeat(512) });
    expect(withRun("r".repeat(513))).toMatchObject({ ok: false, reason: expect.stringContaining("512") as string });
    expect(withRun("r\\u0000")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("cannot be stored") as string,
    });
  });
});

describe("the sample session", () => {
  it("is read without a single unusable record", () => {
    const paths = (readdirSync(session, { recursive: true }) as string[]).filter((path) => findFormat(path) !== null);
    const records = paths.flatMap((path) => {
      const bytes = readFileSync(`${session}/${path}`);
      const pieces = findFormat(path)?.style === "lines" ? cutLines(bytes).lines.map((line) => line.bytes) : [bytes];
      return pieces.map((piece) => ({ path, record: parse(path, piece) }));
    });
    expect(records.filter(({ record }) => !record.ok)).toEqual([]);
    expect(records.filter(({ path }) => path.endsWith(".jsonl"))).toHaveLength(763);
    expect(records.filter(({ record }) => record.ok && record.recordedAt === null)).toEqual([]);
  });
});

describe("paths", () => {
  it.each([
    "archive/20260210T092616Z.json",
    "a/b/c.json",
    "meta.json",
    "kp/x.rc",
    "kp/x.stdout.log",
    "sub/run_registry.jsonl",
    ".escalation_queue.jsonl.cockpit-1-a",
  ])("does not read %s", (path) => expect(findFormat(path)).toBeNull());
});

describe("traps in run_registry.jsonl", () => {
  const read = (line: string) => parse("run_registry.jsonl", line);

  it("reads a marker, which belongs to no run", () => {
    const marker = '{"event":"schema_version","version":1,"timestamp":"2026-03-01T09:00:00+00:00","hash":"f7"}';
    expect(read(marker)).toMatchObject({ ok: true, kind: "schema_version", runId: null });
  });

  it("reads NaN and Infinity, and hands them on as strings (trap 3)", () => {
    const record = read(
      '{"run_id": "r", "event": "feedback", "feedback_score": NaN, "cost_usd": -Infinity, "note": "\\u0000\\ud800"}',
    );
    expect(record).toMatchObject({
      ok: true,
      parsed: '{"run_id":"r","event":"feedback","feedback_score":"NaN","cost_usd":"-Infinity","note":"\\u0000\\ud800"}',
    });
  });

  it("refuses the line glued together by a crash in mid-line (trap 3)", () => {
    expect(read('{"run_id": "a", "pro{"run_id": "b", "event": "finish"}')).toMatchObject({ ok: false });
  });

  it("calls a record without an event a start (trap 5)", () => {
    expect(read('{"run_id":"r","status":"started"}')).toMatchObject({ kind: "start" });
  });

  it("keeps feedback, pause and resume as records of their own, beside the start (trap 6)", () => {
    for (const event of ["feedback", "pause", "resume", "from_a_later_version"]) {
      expect(read(`{"run_id": "r", "event": "${event}", "timestamp": "2026-03-01T09:00:00+00:00"}`)).toMatchObject({
        ok: true,
        kind: event,
        runId: "r",
      });
    }
  });

  it("reads both start records of a background run (trap 7)", () => {
    expect(read('{"run_id":"r","is_background":true,"correlation_id":"s","signature":null}')).toMatchObject({
      ok: true,
      kind: "start",
      runId: "r",
    });
    expect(read('{"run_id":"r","is_background":false,"correlation_id":null,"signature":"ab"}')).toMatchObject({
      ok: true,
      kind: "start",
      runId: "r",
    });
  });

  it("reads a background run without lane and confidence (trap 8)", () => {
    expect(read('{"run_id":"r","lane":null,"confidence":null}')).toMatchObject({ ok: true });
  });
});

describe("traps in other files", () => {
  it("reads a telemetry line whose confidence is null, which thegent's statistics fail on (trap 16)", () => {
    expect(parse("contract_telemetry.jsonl", '{"event_type": "normalization", "confidence": null}')).toMatchObject({
      ok: true,
      kind: "normalization",
    });
  });

  it("reads a handoff record whatever its separators (trap 18)", () => {
    expect(parse("handoff_registry.jsonl", '{"snapshot_id":"snap_1"}')).toMatchObject({ ok: true, kind: "snapshot" });
    expect(parse("handoff_registry.jsonl", '{"snapshot_id": "snap_1"}')).toMatchObject({ ok: true, kind: "snapshot" });
  });

  it("quarantines an override that thegent does not honour", () => {
    expect(parse("override_registry.jsonl", '{"owner": "o", "expires_at_utc": "2026-03-01T09:00:00"}')).toMatchObject({
      ok: false,
    });
  });

  it("has no instant for a naive or broken time, and holds one to years 1 to 9999", () => {
    const at = (time: string) => parse("circuit_breakers.jsonl", `{"target": "t", "timestamp": "${time}"}`);
    expect(at("2026-03-01T09:00:00")).toMatchObject({ ok: true, recordedAt: null });
    expect(at("soon")).toMatchObject({ ok: true, recordedAt: null });
    expect(at("9999-12-31T23:59:00-10:00")).toMatchObject({ recordedAt: new Date("9999-12-31T23:59:59.000Z") });
  });
});
