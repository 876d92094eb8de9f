import { expect, it } from "vitest";
import { earliestInstant, latestInstant, withinCalendar } from "./calendar";

it.each<[string, number, string]>([
  ["an instant of today is itself", Date.parse("2026-03-01T09:00:00.500Z"), "2026-03-01T09:00:00.500Z"],
  ["the first instant is itself", earliestInstant, "0001-01-01T00:00:00.000Z"],
  ["one before it is the first", earliestInstant - 1, "0001-01-01T00:00:00.000Z"],
  ["the last instant is itself", latestInstant, "9999-12-31T23:59:59.000Z"],
  ["one past it is the last", latestInstant + 1, "9999-12-31T23:59:59.000Z"],
  ["one that no date can hold is the last", Number.MAX_VALUE, "9999-12-31T23:59:59.000Z"],
])("%s", (_, ms, instant) => {
  expect(withinCalendar(ms).toISOString()).toBe(instant);
});

it("leaves room for what happens just past the last instant, in a year that ISO 8601 can say", () => {
  expect(new Date(latestInstant + 1).toISOString()).toMatch(/^9999-/);
});
