import { describe, expect, test } from "vitest";
import { askedByRetryAfter, leaseMs, longestAskedMs, mostTries, nextTry, notBefore } from "./retry";

const now = new Date("2026-03-01T10:00:00.000Z");

describe("a try that failed", () => {
  test.each([
    [1, "2026-03-01T10:00:15.000Z"],
    [2, "2026-03-01T10:01:00.000Z"],
    [3, "2026-03-01T10:05:00.000Z"],
    [4, "2026-03-01T10:15:00.000Z"],
    [5, "2026-03-01T11:00:00.000Z"],
    [6, "2026-03-01T12:00:00.000Z"],
    [7, "2026-03-01T14:00:00.000Z"],
    [8, null],
    [9, null],
  ])("for the %ith time is made again at %s", (tries, at) =>
    expect(nextTry(tries, true, now)?.toISOString() ?? null).toBe(at),
  );

  test.each([1, 4, 8])("for good is never made again, be it the %ith", (tries) =>
    expect(nextTry(tries, false, now)).toBeNull(),
  );
  test.each([
    ["is asked for less than the wait", 1, 10, "2026-03-01T10:00:15.000Z"],
    ["is asked for more", 1, 600, "2026-03-01T10:10:00.000Z"],
    ["is asked for more than anybody waits", 2, 86_400, "2026-03-01T14:00:00.000Z"],
    ["is asked for at the last try", 8, 600, null],
  ])("comes when it %s", (_, tries, seconds, at) =>
    expect(nextTry(tries, true, now, seconds * 1000)?.toISOString() ?? null).toBe(at),
  );
  test("for good is not made again because time is asked for", () =>
    expect(nextTry(1, false, now, 600_000)).toBeNull());
  test("is one of eight", () => expect(mostTries).toBe(8));
});

describe("Retry-After", () => {
  test.each<[string | null, number]>([
    ["120", 120],
    [" 120 ", 120],
    ["0", 0],
    ["Sun, 01 Mar 2026 10:05:00 GMT", 300],
    ["Sunday, 01-Mar-26 10:05:00 GMT", 300],
    ["Sun Mar  1 10:05:00 2026", 300],
    ["Sun, 01 Mar 2026 09:59:00 GMT", 0],
    [null, 0],
    ["", 0],
    ["-5", 0],
    ["1.5", 0],
    ["soon", 0],
    ["2026-03-01T10:05:00Z", 0],
    ["Sun, 99 Mar 2026 10:05:00 GMT", 0],
  ])("%j asks for %i seconds", (text, seconds) => expect(askedByRetryAfter(text, now)).toBe(seconds * 1000));

  test("of any length leads to an instant, at most four hours away", () => {
    expect(longestAskedMs).toBe(4 * 3_600_000);
    expect(notBefore(askedByRetryAfter("9".repeat(400), now), now)).toEqual(new Date(now.getTime() + longestAskedMs));
  });
});

test("nobody takes a try away from whoever is still at it: a mail may take a minute", () =>
  expect(leaseMs).toBeGreaterThan(60_000));
