import { describe, expect, it } from "vitest";
import { windowsOf } from "./windows";

const day = 24 * 3_600_000;
const say = (began: string, end: string) => {
  const { from, at, until } = windowsOf(new Date(began), new Date(end));
  return [from, at, until].map((one) => one.toISOString().slice(0, 16));
};

describe("the windows before and since an episode began", () => {
  it.each([
    ["an hour and a half", "2026-03-08T10:20:00Z", "2026-03-08T11:50:00Z", "2026-03-08T10:00", "2026-03-08T12:00"],
    ["no time at all", "2026-03-08T10:20:00Z", "2026-03-08T10:20:00Z", "2026-03-08T10:00", "2026-03-08T11:00"],
    ["a clock that went back", "2026-03-08T10:20:00Z", "2026-03-08T04:00:00Z", "2026-03-08T10:00", "2026-03-08T11:00"],
    ["a month", "2026-03-08T10:20:00Z", "2026-04-08T10:00:00Z", "2026-03-08T10:00", "2026-03-15T10:00"],
  ])("of %s are whole hours, a week each at most", (_, began, end, at, until) =>
    expect(say(began, end)).toEqual(["2026-03-01T10:00", at, until]),
  );

  it("touch each other", () => {
    const { from, at } = windowsOf(new Date(0), new Date(day));
    expect(at.getTime() - from.getTime()).toBe(7 * day);
  });
});
