import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { betterOffset, observeServerTime, subscribeToTicks, tickedTime } from "./server-clock";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-02-10T10:00:00.400Z") }));
afterEach(() => void vi.useRealTimers());

test.each([
  ["the first observation rules", null, -300, -300],
  ["a faster answer is nearer to the truth", -300, -20, -20],
  ["a slower answer does not set the clock back", -20, -900, -20],
  ["a clock that was set is followed at once", -20, -3_600_000, -3_600_000],
] as const)("%s", (_, known, observed, result) => expect(betterOffset(known, observed)).toBe(result));

test("all listeners share one timer, which wakes on the server's whole seconds and stops with the last of them", () => {
  observeServerTime("2026-02-10T10:00:10.400Z", Date.now());
  const heard: string[] = [];
  const leaveA = subscribeToTicks(() => heard.push(`a ${new Date(tickedTime()).toISOString()}`));
  const leaveB = subscribeToTicks(() => heard.push("b"));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(605);
  expect(heard).toEqual(["a 2026-02-10T10:00:10.400Z", "a 2026-02-10T10:00:11.005Z", "b"]);
  leaveA();
  leaveB();
  expect(vi.getTimerCount()).toBe(0);
});
