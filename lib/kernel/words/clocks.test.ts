import { describe, expect, test } from "vitest";
import { clockStage, endStage, sayCountdown, sayDeadline, sayEnd } from "./clocks";

const s = 1000;
const m = 60 * s;
const h = 60 * m;

describe("a clock turns at half of its time and after its due instant", () => {
  test.each([
    [0, "calm", "30m 00s left"],
    [15 * m - 1, "calm", "15m 01s left"],
    [15 * m, "half", "15m 00s left"],
    [30 * m - 1, "half", "1s left"],
    [30 * m, "half", "0s left"],
    [30 * m + 1, "past", "Past SLA 0s"],
    [30 * m + 3 * h + 12 * m, "past", "Past SLA 3h 12m"],
  ] as const)("after %i ms of 30 minutes: %s, %s", (now, stage, text) => {
    expect(clockStage(0, 30 * m, now)).toBe(stage);
    expect(sayCountdown(30 * m, now)).toBe(text);
  });

  test("a clock without length is halfway at once", () => expect(clockStage(0, 0, 0)).toBe("half"));

  test.each([
    [8 * m, 3 * m, "calm"],
    [8 * m, 3 * m + 1, "half"],
    [5 * m, 0, "calm"],
    [4 * m, 0, "half"],
  ] as const)("under five minutes is never calm: of %i ms, after %i: %s", (length, now, stage) =>
    expect(clockStage(0, length, now)).toBe(stage),
  );
});

test.each([
  [9 * m - 1, "1s left"],
  [9 * m, "0s left"],
  [9 * m + 1, "Overdue by 0s"],
  [14 * m, "Overdue by 5m 00s"],
])("a deadline is missed only after its instant", (now, says) => expect(sayDeadline(9 * m, now)).toBe(says));

test.each([
  [0, "Ends in 20m 00s", "calm"],
  [20 * m - 1, "Ends in 1s", "half"],
  [20 * m, "Has ended", "past"],
])("at its end it is over", (now, says, stage) => {
  expect(sayEnd(20 * m, now)).toBe(says);
  expect(endStage(0, 20 * m, now)).toBe(stage);
});
