import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { coalesce, nothing, withMessage, type Changes } from "./coalesce";

describe("messages add up", () => {
  test("ids are collected, and a message without ids means all of them", () => {
    const one = withMessage(nothing, { topic: "escalations", ids: ["a"] });
    const two = withMessage(one, { topic: "escalations", ids: ["b", "a"] });
    expect(two.escalations?.ids).toEqual(new Set(["a", "b"]));
    const all = withMessage(two, { topic: "escalations" });
    expect(all.escalations).toEqual({ ids: null });
    expect(withMessage(all, { topic: "escalations", ids: ["c"] }).escalations).toEqual({ ids: null });
  });

  test("topics do not disturb each other", () => {
    const both = withMessage(withMessage(nothing, { topic: "sources" }), { topic: "escalations", ids: ["a"] });
    expect(both).toEqual({ ...nothing, sources: true, escalations: { ids: new Set(["a"]) } });
  });

  test("whose notices and whose duty is not asked: what is shown is read again", () => {
    const both = withMessage(withMessage(nothing, { topic: "notices", ids: ["p"] }), { topic: "duty" });
    expect(both).toEqual({ ...nothing, notices: true, duty: true });
  });
});

describe("a storm of messages", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is told at once, then at most every gap, and its end is never lost", async () => {
    const flushed: Changes[] = [];
    const hear = coalesce(async (changes) => void flushed.push(changes), 250);
    hear({ topic: "escalations", ids: ["first"] });
    hear({ topic: "sources" });
    await vi.advanceTimersByTimeAsync(0);
    expect(flushed).toEqual([{ ...nothing, sources: true, escalations: { ids: new Set(["first"]) } }]);
    for (let i = 0; i < 100; i++) hear({ topic: "escalations", ids: [`${i}`] });
    expect(flushed).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(flushed).toHaveLength(2);
    expect(flushed[1]?.escalations?.ids?.size).toBe(100);
    await vi.advanceTimersByTimeAsync(5000);
    expect(flushed).toHaveLength(2);
    hear({ topic: "sources" });
    await vi.advanceTimersByTimeAsync(0);
    expect(flushed).toHaveLength(3);
  });

  test("waits for a slow flush, and survives a failing one", async () => {
    let fail: (error: Error) => void = () => undefined;
    const calls: Changes[] = [];
    const hear = coalesce((changes) => {
      calls.push(changes);
      return calls.length === 1 ? new Promise((_, reject) => (fail = reject)) : Promise.resolve();
    }, 250);
    hear({ topic: "sources" });
    await vi.advanceTimersByTimeAsync(1000);
    hear({ topic: "sources" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(1);
    fail(new Error("unreachable"));
    await vi.advanceTimersByTimeAsync(249);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
  });
});
