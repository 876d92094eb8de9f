import { describe, expect, it } from "vitest";
import { parsePythonJson } from "@/lib/thegent/python/json";
import { cutLines } from "@/lib/thegent/python/lines";
import { isObject } from "@/lib/thegent/python/value";
import { parseEscalationQueue, readQueueRecord } from "./escalation-queue";

const pending = (fields: string) =>
  `{"run_id": "r", "status": "pending", "escalate_by_utc": "2026-03-01T09:30:00.123456+00:00", ${fields}}`;

function read(line: string) {
  const value = parsePythonJson(line);
  if (!isObject(value)) throw new Error("not an object");
  return readQueueRecord(value);
}
const priorityOf = (priority: string) => {
  const result = read(pending(`"priority": ${priority}`));
  return result.ok ? result.record.priority : result.reason;
};
const identityOf = (line: string) => {
  const record = parseEscalationQueue(Buffer.from(line));
  return record.ok ? record.identityKey : record.reason;
};

describe("a record of the queue", () => {
  it("is read field by field", () => {
    const line = pending(
      '"reason": "né\\u0000", "owner": "ana:shop", "agent": null, "priority": 2, "blocked_at_utc": "2026-03-01T09:00:00+00:00", "sla_minutes": 30',
    );
    expect(read(line)).toEqual({
      ok: true,
      record: {
        runId: "r",
        status: "pending",
        reason: "né⟨U+0000⟩",
        owner: "ana:shop",
        ownerShown: null,
        agent: null,
        lane: "standard",
        priority: 2,
        blockedAtMs: Date.parse("2026-03-01T09:00:00Z"),
        dueAtMs: Date.parse("2026-03-01T09:30:00.123Z"),
        slaMinutes: 30,
        blockedAtText: "2026-03-01T09:00:00+00:00",
        escalateByText: "2026-03-01T09:30:00.123456+00:00",
        resolvedAtText: null,
      },
    });
  });

  it.each([
    ["0", 0],
    ["-0", 0],
    ["true", 1],
    ["false", 0],
    ["-3", -3],
    ["99999999999999999999", 2_147_483_647],
    ["-99999999999", -2_147_483_648],
  ])("takes priority %s as %d", (text, priority) => expect(priorityOf(text)).toBe(priority));

  it.each(["null", '"2"', "[]", "{}"])(
    "is quarantined while pending with priority %s, as thegent's list fails on it (trap 15)",
    (text) => {
      expect(priorityOf(text)).toContain("thegent's own list fails on it");
    },
  );

  it.each(["1.0", "1.5", "NaN", "1e400"])(
    "is quarantined while pending with priority %s, no whole number (trap 15)",
    (text) => {
      expect(priorityOf(text)).toContain("not a whole number");
    },
  );

  it("has priority 0 when it has none, and may have any when it is not pending", () => {
    expect(read(pending('"x": 1'))).toMatchObject({ record: { priority: 0 } });
    expect(read('{"run_id": "r", "status": "resolved", "priority": null}')).toMatchObject({
      ok: true,
      record: { priority: 0, dueAtMs: null },
    });
  });

  it.each(['"2026-03-01T09:30:00"', '"2026-03-01"', "null", "5", '""', '"soon"'])(
    "is quarantined while pending when it is due by %s, which thegent passes over",
    (time) => {
      expect(read(`{"run_id": "r", "status": "pending", "escalate_by_utc": ${time}}`)).toMatchObject({ ok: false });
    },
  );

  it.each(["lane", "agent"].flatMap((name) => ["\\u0000", "\\ud800x", "codex\\udc00"].map((text) => [name, text])))(
    "is refused when its %s, by which lists are chosen, cannot be kept exactly: %s",
    (name, text) => {
      for (const status of ["pending", "resolved"]) {
        const line = pending(`"${name}": "${text}"`).replace("pending", status);
        expect(parseEscalationQueue(Buffer.from(line))).toMatchObject({
          ok: false,
          reason: `Its ${name} holds a character that cannot be stored.`,
          mayWait: status === "pending",
        });
      }
      expect(read(pending(`"${name}": "\\ufffd😀"`))).toMatchObject({ ok: true, record: { [name]: "\ufffd😀" } });
    },
  );

  it("names what cannot be kept of a text that is only read, also half of the character at which a long one is cut", () => {
    expect(read(pending('"reason": "a\\u0000b\\ud800", "resolved_at_utc": "\\udc00"'))).toMatchObject({
      record: { reason: "a⟨U+0000⟩b⟨U+D800⟩", resolvedAtText: "⟨U+DC00⟩" },
    });
    expect(read(pending(`"reason": "${"x".repeat(9999)}😀"`))).toMatchObject({
      record: { reason: `${"x".repeat(9999)}⟨U+D83D⟩` },
    });
  });

  it("keeps its identity through a resolution and a rewrite, and loses it with any other change", () => {
    const line = pending('"reason": "é", "priority": 1');
    const resolved =
      '{"reason":"\\u00e9","run_id":"r","escalate_by_utc":"2026-03-01T09:30:00.123456+00:00","priority":1,"status":"resolved","resolved_at_utc":"x"}';
    expect(identityOf(line)).toMatch(/^[0-9a-f]{64}$/);
    expect(identityOf(resolved)).toBe(identityOf(line));
    expect(identityOf(line.replace('"priority": 1', '"priority": 1.0').replace("pending", "done"))).not.toBe(
      identityOf(line),
    );
  });

  it("is one line even with raw line separators of other worlds in it (trap 17)", () => {
    const line = pending('"reason": "a\u2028b\u2029c\u0085d"');
    const { lines } = cutLines(Buffer.from(`${line}\n`));
    expect(lines).toHaveLength(1);
    expect(parseEscalationQueue(lines[0]?.bytes ?? Buffer.alloc(0))).toMatchObject({ ok: true, runId: "r" });
  });
});
