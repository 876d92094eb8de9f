import { describe, expect, test } from "vitest";
import { leaseMs, mostTries, nextTry } from "./retry";

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
  ])("for the %ith time is made again at %s", (tries, at) => expect(nextTry(tries, true, now)?.toISOString() ?? null).toBe(at));

  test.each([1, 4, 8])("for good is never made again, be it the %ith", (tries) => expect(nextTry(tries, false, now)).toBeNull());
  test("is one of eight", () => expect(mostTries).toBe(8));
});

test("nobody takes a try away from whoever is still at it: a mail may take a minute", () => expect(leaseMs).toBeGreaterThan(60_000));
