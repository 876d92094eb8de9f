import { describe, expect, it } from "vitest";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { undated } from "./hours";
import { messagesIn, otherKinds, withinKinds, type Messages } from "./message-hours";

const line = (number: number, fields: object) => readTelemetryLine(Buffer.from(JSON.stringify(fields)), number);
const at = (hour: number) => `2026-03-01T0${hour}:30:00+00:00`;
const output = (number: number, hour: number, errors: string[], provider = "codex") =>
  line(number, { timestamp: at(hour), provider, success: errors.length === 0, errors });
const report = (number: number, hour: number, parse_errors: string[]) =>
  line(number, {
    timestamp: at(hour),
    event_type: "schema.drift.structural",
    provider: "codex",
    details: { parse_errors },
  });

describe("messages of lines", () => {
  it("are counted by hour, provider and kind; a report of drift beside its output is counted apart", () => {
    const { hours, first } = messagesIn([
      report(1, 1, ["torn at line 3"]),
      output(2, 1, ["torn at line 3"]),
      output(3, 1, ["torn at line 9", "torn at line 10"]),
      output(4, 2, ["torn at line 1"], "claude"),
      output(5, 2, []),
    ]);
    const kind = "torn at line #";
    expect(hours).toEqual([
      { hour: "2026-03-01T01:00:00.000Z", provider: "codex", kind, outputs: 2, reports: 1, lastLine: 3 },
      { hour: "2026-03-01T02:00:00.000Z", provider: "claude", kind, outputs: 1, reports: 0, lastLine: 4 },
    ]);
    expect(first).toEqual([{ kind, firstAt: "2026-03-01T01:30:00.000Z", firstLine: 1 }]);
  });

  it("show an output before a report of it, and are kept without a time, too", () => {
    const { hours, first } = messagesIn([
      output(1, 1, ["torn"]),
      report(2, 1, ["torn"]),
      line(3, { errors: ["odd"] }),
      line(4, [] as object),
    ]);
    expect(hours.map(({ kind, lastLine, hour }) => [kind, lastLine, hour === undated])).toEqual([
      ["torn", 1, false],
      ["odd", 3, true],
    ]);
    expect(first.at(-1)).toEqual({ kind: "odd", firstAt: null, firstLine: 3 });
  });

  it("are of so many kinds at most: further ones are one", () => {
    const many: Messages = messagesIn(["a", "b", "c", "d"].map((kind, index) => output(index + 1, 1, [kind])));
    expect(withinKinds(many, new Set(), 4)).toEqual(many);
    const { hours, first } = withinKinds(many, new Set(["c"]), 1);
    expect(hours.map(({ kind, outputs, lastLine }) => [kind, outputs, lastLine])).toEqual([
      ["a", 1, 1],
      [otherKinds, 2, 4],
      ["c", 1, 3],
    ]);
    expect(first.map(({ kind, firstLine }) => [kind, firstLine])).toEqual([
      ["a", 1],
      ["c", 3],
      [otherKinds, 2],
    ]);
    expect(withinKinds(many, new Set(["c", otherKinds]), -5).hours.map(({ kind }) => kind)).toEqual([otherKinds, "c"]);
  });
});
