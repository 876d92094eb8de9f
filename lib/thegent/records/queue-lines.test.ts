import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonical, parsePythonJson } from "@/lib/thegent/python/json";
import { isObject } from "@/lib/thegent/python/value";
import { identityKeyOf } from "./escalation-queue";
import { mergeLines, resolveLines } from "./queue-lines";

const at = new Date("2026-03-01T10:00:00.250Z");
const record = (run: string, fields = "") =>
  `{"run_id": "${run}", "reason": "Circuit open", "owner": "ana:shop", "agent": null, "lane": "critical", "priority": 2, "blocked_at_utc": "2026-03-01T09:00:00.500000+00:00", "escalate_by_utc": "2026-03-01T09:30:00.500000+00:00", "sla_minutes": 30, "status": "pending"${fields}}`;
const closed = (run: string, word = "resolved") =>
  record(run, ', "resolved_at_utc": "2026-03-01T10:00:00.250000+00:00"').replace(
    '"status": "pending"',
    `"status": "${word}"`,
  );
const resolve = (content: string | Buffer, ...runs: string[]) =>
  resolveLines(
    Buffer.from(content),
    runs.map((runId) => ({ runId, word: "resolved", at })),
  );
const resolved = (content: string | Buffer, ...runs: string[]) => resolve(content, ...runs).content?.toString("latin1");
const identity = (line: string) => {
  const value = parsePythonJson(line);
  return isObject(value) ? identityKeyOf(value) : "";
};

describe("resolving in the queue's bytes", () => {
  it("closes every pending record of the run and says which", () => {
    const content = `${record("a")}\n${record("b")}\n${record("a").replace("Circuit open", "Again")}\n`;
    const result = resolve(content, "a", "nobody");
    expect(result.content?.toString()).toBe(
      `${closed("a")}\n${record("b")}\n${closed("a").replace("Circuit open", "Again")}\n`,
    );
    expect(result.closed).toEqual(
      new Map([
        ["a", [identity(record("a")), identity(record("a").replace("Circuit open", "Again"))]],
        ["nobody", []],
      ]),
    );
  });

  it("closes many runs in one pass, each with its word and instant", () => {
    const resolutions = [
      { runId: "a", word: "rejected", at },
      { runId: "é😀", word: "dup\u2028é", at: new Date("2026-03-01T10:00:00.000Z") },
    ];
    const content = `${record("a")}\n${record("\\u00e9\\ud83d\\ude00")}\n`;
    expect(resolveLines(Buffer.from(content), resolutions).content?.toString("latin1")).toBe(
      `${closed("a", "rejected")}\n${closed("\\u00e9\\ud83d\\ude00", "dup\\u2028\\u00e9").replace("10:00:00.250000+", "10:00:00+")}\n`,
    );
  });

  it("says again what it closed before, so that who was killed in between knows it; not what others closed", () => {
    const again = record("a").replace("Circuit open", "Again");
    const content = `${closed("a")}\n${again}\n${closed("a", "approved").replace("Circuit open", "Theirs")}\n${closed("a").replace("Circuit open", "Later").replace("00.250", "00.251")}\n`;
    expect(resolve(content, "a").closed.get("a")).toEqual([identity(record("a")), identity(again)]);
    expect(resolve(`${closed("a")}\n`, "a")).toEqual({
      content: null,
      closed: new Map([["a", [identity(record("a"))]]]),
    });
  });

  it.each([
    ["nothing is pending", `${closed("a", "approved")}\n`],
    ["the run is another", `${record("b")}\n`],
    ["the run_id is no text", `${record("a").replace('"a"', "1")}\n`],
    ["the file is empty", ""],
  ])("leaves the file alone when %s", (_, content) =>
    expect(resolve(content, "a", "1")).toEqual({
      content: null,
      closed: new Map([
        ["a", []],
        ["1", []],
      ]),
    }),
  );

  it("drops blank lines, keeps unreadable ones byte for byte, and ends the last line", () => {
    const content = Buffer.concat([
      Buffer.from(`\n \u00a0\r\n{"torn": \r\n[1, 2]\n${record("a")}\r`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from("torn {"),
    ]);
    expect(resolved(content, "a")).toBe(`{"torn": \n[1, 2]\n${closed("a")}\n\u00ff\ntorn {\n`);
  });

  it("writes every readable line event style, keeping key order, unknown keys, numbers and places", () => {
    const content =
      '{"z":1.50,"resolved_at_utc":"old","later":{"é":[1E5,NaN]},"a":1,"a":2,"status":"pending","run_id":"a"}\n{"x":"\\u0041/é"}\n';
    expect(resolved(content, "a")).toBe(
      '{"z": 1.5, "resolved_at_utc": "2026-03-01T10:00:00.250000+00:00", "later": {"\\u00e9": [100000.0, NaN]}, "a": 2, "status": "resolved", "run_id": "a"}\n{"x": "A/\\u00e9"}\n',
    );
  });

  it("never cuts a line at the separators thegent's own rewrite cuts at, and escapes them for it (trap 17)", () => {
    for (const separator of ["\u2028", "\u2029", "\u0085"]) {
      const line = record("a").replace("Circuit open", `x${separator}y`);
      const escape = `\\u${separator.charCodeAt(0).toString(16).padStart(4, "0")}`;
      expect(resolved(`${line}\n`, "a")).toBe(`${closed("a").replace("Circuit open", `x${escape}y`)}\n`);
      expect(resolved(`${line.replace('"a"', '"b"')}\n${record("a")}\n`, "a")).toContain(`x${escape}y`);
    }
  });

  it.each(["\\u0041", "\\u007e", "\\u000a", "\\/", "\\u00E9", "é", "\u007f"])(
    "does not take %j for what thegent would write",
    (text) => {
      const line = record("b").replace("Circuit open", text);
      const expected = resolved(`${line}\n${record("a")}\n`, "a")?.split("\n")[0] ?? "";
      expect(expected).not.toBe(Buffer.from(line).toString("latin1"));
      expect(canonical(parsePythonJson(expected))).toBe(canonical(parsePythonJson(line)));
    },
  );

  it("changes nothing of the sample's other lines", () => {
    const sample = readFileSync("samples/session/escalation_queue.jsonl", "utf8");
    const before = sample.trimEnd().split("\n");
    const after = resolved(sample, "run_manual0020")?.trimEnd().split("\n") ?? [];
    expect(
      after.filter((line, index) => line !== before[index]).every((line) => line.includes('"run_manual0020"')),
    ).toBe(true);
    expect(after).toHaveLength(before.length);
  });
});

describe("merging what came late", () => {
  const merge = (content: string, late: string) =>
    mergeLines(Buffer.from(content), Buffer.from(late))?.toString() ?? null;

  it("adds lines that are missing, at the end and in their order", () => {
    expect(merge(`${record("a")}\n`, `${record("a")}\n${record("b")}\n{"torn": `)).toBe(
      `${record("a")}\n${record("b")}\n{"torn": \n`,
    );
  });

  it("adds nothing twice: not what was resolved here, not what was rewritten, not itself", () => {
    expect(
      merge(`${closed("a")}\n${record("b")}\n`, `${record("a")}\n${record("b").replaceAll(": ", ":")}\n`),
    ).toBeNull();
    const once = merge(`${record("a")}\n`, `${record("b")}\nraw\n`) ?? "";
    expect(merge(once, `${record("b")}\nraw\n`)).toBeNull();
  });

  it("keeps as many equal lines as there are on the side that has more", () => {
    expect(merge("raw\n", "raw\nraw\nraw\n")).toBe("raw\nraw\nraw\n");
    expect(merge("raw\nraw\n", "raw\n")).toBeNull();
  });

  it("carries a resolution over, and never takes one back", () => {
    expect(merge(`${record("a")}\n`, `${closed("a", "approved")}\n`)).toBe(`${closed("a", "approved")}\n`);
    expect(merge(`${closed("a", "rejected")}\n`, `${closed("a", "approved")}\n`)).toBeNull();
  });
});
