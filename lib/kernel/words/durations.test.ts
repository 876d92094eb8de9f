import { describe, expect, test } from "vitest";
import { sayDuration, sayMinutes } from "./durations";

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
