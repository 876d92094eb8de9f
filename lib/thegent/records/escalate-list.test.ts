import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { strictJson } from "@/lib/thegent/python/json";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { escalateList, type EscalateListOptions } from "./escalate-list";

const now = "2026-02-11T08:01:21+00:00";
const nowMicros = parsePythonTime(now)?.micros ?? 0;

function list(bytes: Buffer | string, options: Partial<EscalateListOptions> = {}): Record<string, unknown>[] {
  const result = escalateList(Buffer.from(bytes), { nowMicros, pastSla: false, limit: 50, ...options });
  if (!result.ok) throw new Error(result.refusal);
  return result.records.map((record) => JSON.parse(strictJson(record)) as Record<string, unknown>);
}
const ids = (records: Record<string, unknown>[]) => records.map((record) => record["run_id"]);

/** A pending record, past its SLA, with these fields instead of the usual ones. */
const line = (run: string, fields: Record<string, unknown> = {}) =>
  `${JSON.stringify({ run_id: run, priority: 0, blocked_at_utc: "2026-02-11T07:00:00+00:00", escalate_by_utc: "2026-02-11T07:30:00+00:00", status: "pending", ...fields })}\n`;

describe("thegent's list of the sample's queue", () => {
  const queue = readFileSync("samples/session/escalation_queue.jsonl");
  const expected = JSON.parse(readFileSync("samples/expected/sample-state.json", "utf8")) as Record<string, unknown>;

  it("has thegent's records, order and past_sla", () => {
    expect(expected["now"]).toBe(now);
    expect(list(queue)).toEqual(expected["escalations"]);
    expect(list(queue, { pastSla: true })).toEqual(expected["escalations_past_sla"]);
  });

  it("takes the most urgent when limited, and all of them with limit 0 (trap 20)", () => {
    expect(ids(list(queue, { limit: 3 }))).toEqual(expected["escalations_limit3"]);
    expect(list(queue, { limit: 0 })).toHaveLength(Number(expected["escalations_limit0"]));
  });
});

describe("the order", () => {
  it("puts the highest priority first, then the newest, and of equals the later line", () => {
    const queue =
      line("old", { blocked_at_utc: "2026-02-11T06:00:00+00:00" }) +
      line("first") +
      line("urgent", { priority: 10 }) +
      line("second") +
      line("two", { priority: 2 });
    expect(ids(list(queue))).toEqual(["urgent", "two", "second", "first", "old"]);
  });

  it("counts a missing priority as 0, true as 1 and compares numbers by value", () => {
    const queue =
      line("none", { priority: undefined }) +
      line("one", { priority: true }) +
      line("half", { priority: 0.5 }) +
      line("minus", { priority: -1 });
    const huge =
      line("huge").replace('"priority":0', '"priority":9007199254740993') +
      line("float").replace('"priority":0', '"priority":9007199254740992.0');
    expect(ids(list(huge + queue))).toEqual(["huge", "float", "one", "half", "none", "minus"]);
  });

  it("compares blocked_at_utc as text, by code point", () => {
    const queue =
      line("astral", { blocked_at_utc: "😀" }) +
      line("wide", { blocked_at_utc: "～" }) +
      line("none", { blocked_at_utc: undefined });
    expect(ids(list(queue))).toEqual(["astral", "wide", "none"]);
  });

  it.each([
    [{ priority: null }, "0 and null"],
    [{ priority: "9" }, '"9"'],
    [{ blocked_at_utc: null }, "null"],
  ])("is refused for %j, naming the lines, as Python cannot sort it (trap 15)", (fields, value) => {
    const result = escalateList(Buffer.from(`\n${line("a")}\n${line("b", fields)}`), {
      nowMicros,
      pastSla: false,
      limit: 50,
    });
    expect(result).toMatchObject({
      ok: false,
      refusal: expect.stringMatching(/^Lines 2 and 4 .*thegent's own list fails/) as string,
    });
    expect(result.ok || result.refusal).toContain(value);
  });

  it("is no matter for a single record, or for records that are all alike", () => {
    expect(list(line("a", { priority: null }))).toHaveLength(1);
    expect(ids(list(line("a", { priority: "1" }) + line("b", { priority: "2" })))).toEqual(["b", "a"]);
    expect(list(line("a", { priority: null }) + line("b", { priority: null }))).toHaveLength(2);
  });
});

describe("what is listed", () => {
  it("passes over what is not pending, unreadable, without a due time, or naive", () => {
    const queue =
      line("done", { status: "resolved" }) +
      '{"torn": \n[1]\n \u00a0\n' +
      line("undue", { escalate_by_utc: undefined }) +
      line("naive", { escalate_by_utc: "2026-02-11T07:30:00" }) +
      line("number", { escalate_by_utc: 5 }) +
      line("soon", { escalate_by_utc: "soon" });
    expect(list(queue)).toEqual([]);
  });

  it("reads a last line without an ending, lines ended by CR or CRLF, and Unicode spaces around a record", () => {
    expect(
      ids(list(line("a").replace("\n", "\r\n") + `\u0085 ${line("b").trimEnd()}\u3000\r` + line("c").trimEnd())),
    ).toEqual(["c", "b", "a"]);
  });

  it("keeps a record with raw line separators whole (trap 17)", () => {
    expect(list(line("a", { reason: "x\u2028y\u0085z" }))[0]).toMatchObject({ reason: "x\u2028y\u0085z" });
  });

  it("is not past its SLA at the due instant itself, and is one microsecond later", () => {
    const queue = line("a", { escalate_by_utc: now });
    expect(list(queue)[0]).toMatchObject({ past_sla: false });
    expect(list(queue, { nowMicros: nowMicros + 1 })[0]).toMatchObject({ past_sla: true });
    expect(list(queue, { pastSla: true })).toEqual([]);
  });

  it("filters before it limits", () => {
    const queue = line("late") + line("fresh", { priority: 5, escalate_by_utc: "2026-02-11T09:00:00+00:00" });
    expect(ids(list(queue, { pastSla: true, limit: 1 }))).toEqual(["late"]);
  });

  it("is refused for invalid UTF-8, which crashes thegent's list (trap 4)", () => {
    const bytes = Buffer.concat([Buffer.from(line("a")), Buffer.from([0xff, 0x0a])]);
    expect(escalateList(bytes, { nowMicros, pastSla: false, limit: 50 })).toMatchObject({
      ok: false,
      refusal: expect.stringContaining("Line 2") as string,
    });
  });
});
