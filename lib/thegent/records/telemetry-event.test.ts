import { describe, expect, it } from "vitest";
import { readTelemetryLine } from "./telemetry-event";

const read = (text: string | Uint8Array) => readTelemetryLine(typeof text === "string" ? Buffer.from(text) : text, 7);
const itemOf = (text: string) => {
  const line = read(text);
  return "item" in line ? { counts: line.counts, item: line.item } : line;
};
const plain = { line: 7, drift: null, fallback: false, success: false, confidence: 0 };

describe("a telemetry line", () => {
  it("is an event of what the figures ask for", () => {
    expect(
      read(
        '{"timestamp": "2026-03-01T09:00:00+00:00", "event_type": "schema.drift.structural", "run_id": "r", "provider": "gemini", "contract": "fallback-plain", "confidence": 0.3, "success": true, "errors": []}',
      ),
    ).toEqual({
      counts: "everywhere",
      item: { line: 7, drift: "structural", fallback: true, success: true, provider: "gemini", confidence: 0.3 },
      told: { at: new Date("2026-03-01T09:00:00Z"), contract: "fallback-plain", isOutput: true, messages: [] },
    });
  });

  it.each([
    ["no key at all", "{}", plain],
    ["semantic drift", '{"event_type": "schema.drift.semantic"}', { ...plain, drift: "semantic" }],
    ["a kind that no budget counts", '{"event_type": "Schema.Drift.Semantic"}', plain],
    ["a word for success", '{"success": "no"}', { ...plain, success: true }],
    ["no success", '{"success": 0.0}', plain],
    ["a confidence of true", '{"confidence": true}', { ...plain, confidence: 1 }],
    ["a confidence that is no number", '{"confidence": NaN}', { ...plain, confidence: NaN }],
    ["a confidence of null", '{"confidence": null}', { ...plain, confidence: { float: null, shown: "null" } }],
    ["a text of a number", '{"confidence": " 0.5 "}', { ...plain, confidence: { float: 0.5, shown: '" 0.5 "' } }],
    ["a provider of null", '{"provider": null}', { ...plain, provider: { key: "null", text: "None", name: "null" } }],
    ["a provider of true", '{"provider": true}', { ...plain, provider: { key: "1", text: "True", name: "true" } }],
    ["a provider of 1", '{"provider": 1}', { ...plain, provider: { key: "1", text: "1", name: "1" } }],
    ["a provider of 1.0", '{"provider": 1.0}', { ...plain, provider: { key: "1", text: "1.0", name: "1.0" } }],
    [
      "a provider of nothing that is",
      '{"provider": NaN}',
      { ...plain, provider: { key: "NaN", text: "nan", name: "NaN" } },
    ],
    ["a list of providers", '{"provider": []}', { ...plain, provider: { key: null, text: "[]", name: "[]" } }],
  ])("with %s", (_, text, item) => expect(itemOf(text)).toEqual({ counts: "everywhere", item }));

  it.each(["", " \t\u2028", "{torn", "\ufeff{}", '{"a": 1}{"b": 2}'])("is passed over when it is %j", (text) =>
    expect(read(text)).toEqual({ counts: "nowhere" }),
  );

  it("counts in the budget alone with spaces around it that JSON does not know", () => {
    expect(itemOf("\u00a0{}")).toEqual({ counts: "in the budget only", item: plain });
    expect(itemOf(" \t{} \r")).toEqual({ counts: "everywhere", item: plain });
  });

  it("counts though it is no object, which thegent finds out later", () => {
    for (const text of ["7", "null", '["a"]', '"x"', "NaN"])
      expect(read(text)).toEqual({ counts: "everywhere", item: { line: 7, noObject: true }, told: null });
  });

  it("tells when, of which contract, and whether of an output: a line that only reports drift is none", () => {
    const report = '{"timestamp": "2026-03-01T09:00:00", "event_type": "schema.drift.semantic", "details": {}}';
    expect(read(report)).toMatchObject({ told: { at: null, contract: null, isOutput: false } });
    expect(read(report.replace("details", "success"))).toMatchObject({ told: { isOutput: true } });
  });

  it("tells what was wrong with an output, or what drift was found in it, as text and no more than is shown", () => {
    const messages = (text: string) => {
      const line = read(text);
      return "told" in line ? line.told?.messages : undefined;
    };
    expect(messages('{"success": false, "errors": ["torn", 7, {"a": null}]}')).toEqual(["torn", "7", '{"a": null}']);
    expect(
      messages('{"details": {"parse_errors": ["open tag"], "semantic_issues": ["at odds"], "other": ["x"]}}'),
    ).toEqual(["open tag", "at odds"]);
    for (const odd of [
      '{"errors": "torn"}',
      '{"errors": null}',
      '{"details": ["x"]}',
      '{"details": {"parse_errors": 1}}',
    ])
      expect(messages(odd)).toEqual([]);
    const many = messages(JSON.stringify({ errors: Array(90).fill("x".repeat(5_000)) }));
    expect([many?.length, many?.[0]?.length]).toEqual([50, 2_000]);
  });

  it("fails the budget when it is too deep or holds an integer too long, and everything when it is no text", () => {
    expect(read("[".repeat(2000))).toMatchObject({ counts: "fails", what: "the budget" });
    expect(read(`{"a": ${"9".repeat(4301)}}`)).toMatchObject({ counts: "fails", what: "the budget" });
    expect(read(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual({
      counts: "fails",
      what: "everything",
      because: "line 7 is not valid UTF-8",
    });
  });
});
