import { describe, expect, it } from "vitest";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { issuesOf, regressionsOf } from "./detect";
import { emptyDriftWindow, nextDriftWindow } from "./drift-window";

type Fields = { provider?: string | null; contract: string; confidence: number };

const windowOf = (lines: Fields[], window: number) =>
  nextDriftWindow(
    emptyDriftWindow({ window, limit: 500, provider: null }),
    lines.map((line, index) => readTelemetryLine(Buffer.from(JSON.stringify(line)), index + 1)),
  );

describe("a regression", () => {
  const good: Fields = { provider: "p", contract: "csm-v1", confidence: 0.5 };
  const bad: Fields = { provider: "p", contract: "fallback-plain", confidence: 0.5 };
  const issues = (lines: Fields[], window = 20) => issuesOf(windowOf(lines, window));
  const lines = (...counts: [Fields, number][]) => counts.flatMap(([line, count]) => Array<Fields>(count).fill(line));

  it("is more than the threshold, and not the threshold itself", () => {
    expect(issues(lines([good, 40], [good, 17], [bad, 3]))).toEqual({ ok: true, value: [] });
    expect(issues(lines([good, 40], [good, 16], [bad, 4]))).toEqual({
      ok: true,
      value: ["Significant increase in fallback rate: 0.0% -> 20.0%"],
    });
  });

  it("is asked of a provider from five lines now and ten before, with a wider threshold", () => {
    const of = (line: Fields, other: string): Fields => ({ ...line, provider: other });
    const found = (before: number, now: number) =>
      issues(lines([of(good, "q"), before], [good, 60], [of(bad, "q"), now], [good, 20 - now]));
    expect(found(9, 5)).toMatchObject({ value: ["Significant increase in fallback rate: 0.0% -> 25.0%"] });
    expect(found(10, 4)).toMatchObject({ value: ["Significant increase in fallback rate: 0.0% -> 20.0%"] });
    expect(found(10, 5)).toMatchObject({
      value: [
        "Provider q fallback rate regressed: 0.0% -> 100.0%",
        "Significant increase in fallback rate: 0.0% -> 25.0%",
      ],
    });
  });

  it("tells providers apart by case, and takes one that is missing for None", () => {
    const none: Fields = { contract: "csm-v1", confidence: 0.9 };
    const low: Fields = { contract: "csm-v1", confidence: 0.5, provider: null };
    expect(issues(lines([none, 40], [low, 20]))).toMatchObject({
      value: [
        "Provider None confidence regressed: 0.90 -> 0.50",
        "Significant drop in normalization confidence: 0.90 -> 0.50",
      ],
    });
    expect(issues(lines([{ ...none, provider: "P" }, 40], [{ ...low, provider: "p" }, 20]))).toMatchObject({
      value: ["Significant drop in normalization confidence: 0.90 -> 0.50"],
    });
  });

  it("is told apart from its sentence", () => {
    expect(regressionsOf(windowOf(lines([good, 40], [good, 16], [bad, 4]), 20))).toEqual({
      ok: true,
      value: [
        {
          provider: null,
          what: "fallback",
          before: 0,
          now: 0.2,
          says: "Significant increase in fallback rate: 0.0% -> 20.0%",
        },
      ],
    });
  });
});
