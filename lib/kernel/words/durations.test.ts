import { describe, expect, test } from "vitest";
import { clockStage, sayCountdown, sayDuration, sayMinutes } from "./durations";

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

describe("a duration is said in two units at most", () => {
  test.each([
    [-5 * s, "0s"],
    [0, "0s"],
    [999, "0s"],
    [59_999, "59s"],
    [m, "1m 00s"],
    [12 * m + 4 * s, "12m 04s"],
    [h - 1, "59m 59s"],
    [h, "1h 00m"],
    [3 * h + 12 * m + 59 * s, "3h 12m"],
    [d - 1, "23h 59m"],
    [2 * d + 4 * h, "2d 04h"],
    [400 * d, "400d 00h"],
  ])("%i ms is %s", (milliseconds, text) => expect(sayDuration(milliseconds)).toBe(text));
});

describe("a length that was set is said in its natural unit", () => {
  test.each([
    [15, "15 min"],
    [60, "1 h"],
    [90, "90 min"],
    [240, "4 h"],
    [1440, "24 h"],
    [20160, "14 days"],
  ])("%i minutes is %s", (minutes, text) => expect(sayMinutes(minutes)).toBe(text));
});

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
});
