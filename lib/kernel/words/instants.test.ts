import { describe, expect, test } from "vitest";
import { sayAgo, sayAsOf, sayExact } from "./instants";

describe("an exact instant names its zone", () => {
  test.each([
    ["2026-02-10T09:26:41.291Z", "UTC", "2026-02-10 09:26:41 UTC"],
    ["2026-02-10T09:26:41.291476+00:00", "UTC", "2026-02-10 09:26:41 UTC"],
    // Midnight is 00, never 24.
    ["2026-02-10T00:00:00.000Z", "UTC", "2026-02-10 00:00:00 UTC"],
    ["2026-02-09T23:00:00.000Z", "Europe/Berlin", "2026-02-10 00:00:00 CET"],
    ["2026-02-10T05:00:00.000Z", "America/New_York", "2026-02-10 00:00:00 GMT-5"],
    // The two 02:30s of the night the clocks go back, and the hour that spring skips.
    ["2026-10-25T00:30:00.000Z", "Europe/Berlin", "2026-10-25 02:30:00 CEST"],
    ["2026-10-25T01:30:00.000Z", "Europe/Berlin", "2026-10-25 02:30:00 CET"],
    ["2026-03-29T00:59:59.000Z", "Europe/Berlin", "2026-03-29 01:59:59 CET"],
    ["2026-03-29T01:00:00.000Z", "Europe/Berlin", "2026-03-29 03:00:00 CEST"],
    ["2026-02-10T18:45:00.000Z", "Asia/Kathmandu", "2026-02-11 00:30:00 GMT+5:45"],
    ["not a time", "UTC", "not a time"],
    ["not a time", "Europe/Berlin", "not a time"],
  ])("%s in %s is %s", (instant, zone, text) => expect(sayExact(instant, zone)).toBe(text));
});

describe("as of: the time of day today, else the exact instant", () => {
  const now = Date.parse("2026-02-10T23:30:00Z");
  test.each([
    ["2026-02-10T10:42:07Z", "UTC", "10:42:07"],
    ["2026-02-09T10:42:07Z", "UTC", "2026-02-09 10:42:07 UTC"],
    // In Berlin it is the 11th already.
    ["2026-02-10T10:42:07Z", "Europe/Berlin", "2026-02-10 11:42:07 CET"],
    ["2026-02-10T23:15:00Z", "Europe/Berlin", "00:15:00"],
  ])("%s in %s is %s", (instant, zone, text) => expect(sayAsOf(instant, now, zone)).toBe(text));
});

describe("relative time", () => {
  const now = Date.parse("2026-02-10T12:00:00Z");
  test.each([
    ["2026-02-10T11:59:59.500Z", "just now"],
    ["2026-02-10T12:00:05Z", "just now"],
    ["2026-02-10T11:59:18Z", "42s ago"],
    ["2026-02-10T11:59:00Z", "1m ago"],
    ["2026-02-10T11:00:01Z", "59m ago"],
    ["2026-02-10T11:00:00Z", "1h 00m ago"],
    ["2026-02-10T08:48:00Z", "3h 12m ago"],
    ["garbage", "garbage"],
  ])("%s is %s", (instant, text) => expect(sayAgo(instant, now)).toBe(text));
});
