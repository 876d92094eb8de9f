import { describe, expect, it } from "vitest";
import { foldRun, type RegistryLine } from "./fold-run";

const line = (number: number, parsed: Record<string, unknown>): RegistryLine => ({
  line: number,
  parsed: { run_id: "run_1", ...parsed },
});
const start = {
  agent: "claude",
  model: "haiku",
  mode: "write",
  prompt: "Mend the test",
  owner: "ana:shop",
  lane: "critical",
  started_at_utc: "2026-03-01T09:00:00+00:00",
  status: "started",
  policy_result: "allow",
  policy_reason: "All policies passed.",
  confidence: 0.95,
};
const finish = {
  event: "finish",
  exit_code: 1,
  status: "failed",
  ended_at_utc: "2026-03-01T09:00:31+00:00",
  error_class: "policy_violation",
};

describe("what the registry says of a run", () => {
  it("is nothing when it does not know the run", () => {
    expect(foldRun("run_1", [])).toBeNull();
  });
  it("a start without an event is a run that is started, not one without a state (trap 5)", () => {
    expect(foldRun("run_1", [line(2, start)])).toMatchObject({
      status: "started",
      agent: "claude",
      endedAt: null,
      lines: [2],
    });
  });
  it("a finish ends it with its exit, its class and its time", () => {
    expect(foldRun("run_1", [line(2, start), line(3, finish)])).toMatchObject({
      status: "failed",
      exitCode: 1,
      errorClass: "policy_violation",
      endedAt: "2026-03-01T09:00:31+00:00",
      prompt: "Mend the test",
    });
  });
  it.each([
    ["feedback", { event: "feedback", feedback_score: 1 }, "failed"],
    ["pause", { event: "pause", reason: "Manual pause", continuity_snapshot: {} }, "failed"],
    ["resume", { event: "resume" }, "failed"],
  ])("a later %s never erases what the start and the finish said (trap 6)", (_, event, status) => {
    expect(foldRun("run_1", [line(2, start), line(3, finish), line(9, event)])).toMatchObject({
      agent: "claude",
      prompt: "Mend the test",
      status,
      lines: [2, 3, 9],
    });
  });
  it("of a launcher's start and its child's, the child's describes the run (traps 7 and 8)", () => {
    const launcher = {
      ...start,
      is_background: true,
      correlation_id: "s1",
      prompt: "raw",
      policy_result: null,
      policy_reason: null,
      confidence: null,
    };
    const child = { ...start, is_background: false, correlation_id: null, prompt: "raw [TIME CONSTRAINT]" };
    expect(foldRun("run_1", [line(2, launcher), line(3, child)])).toMatchObject({
      prompt: "raw [TIME CONSTRAINT]",
      policyResult: "allow",
      lines: [2, 3],
    });
  });
  it("a critical run that was let through with a warning and no confidence shows just that (trap 9)", () => {
    const warned = {
      ...start,
      policy_result: "warn",
      policy_reason: "Critical actions should ideally carry a confidence score.",
      confidence: null,
    };
    expect(foldRun("run_1", [line(2, warned)])).toMatchObject({
      policyResult: "warn",
      policyReason: "Critical actions should ideally carry a confidence score.",
      confidence: null,
    });
  });
  it("the last pause or resume says how an unfinished run stands", () => {
    const [paused, resumed] = [line(3, { event: "pause" }), line(4, { event: "resume" })];
    expect(foldRun("run_1", [line(2, start), paused])!.status).toBe("paused");
    expect(foldRun("run_1", [line(2, start), paused, resumed])!.status).toBe("running");
  });
  it("fields of another type than expected are not known, and stop nothing", () => {
    expect(foldRun("run_1", [line(2, { ...start, agent: 7, confidence: "NaN", exit_code: "1" })])).toMatchObject({
      agent: null,
      confidence: null,
      exitCode: null,
      owner: "ana:shop",
    });
  });
});
