import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveTopic } from "@/lib/contracts/live";
import { coalesce, withMessage, type Changed, type Pace } from "./coalesce";

describe("messages of a topic add up", () => {
  test("ids are collected, and a message without ids means all of them", () => {
    const one = withMessage(undefined, { topic: "escalations", ids: ["a"] });
    const two = withMessage(one, { topic: "escalations", ids: ["b", "a"] });
    expect(two).toEqual(new Set(["a", "b"]));
    const all = withMessage(two, { topic: "escalations" });
    expect(all).toBe(null);
    expect(withMessage(all, { topic: "escalations", ids: ["c"] })).toBe(null);
  });
});

describe("a storm of messages", () => {
  const soon: Pace = { breathMs: 10, restMs: 100 };
  const paces: Record<LiveTopic, Pace> = { escalations: soon, overrides: soon, notices: soon, duty: soon, sources: { breathMs: 250, restMs: 1_000 } };
  let flushed: [at: number, topic: LiveTopic, changed: Changed][];
  let readingMs: number;
  const reader = () =>
    coalesce(async (topic, changed) => {
      flushed.push([performance.now(), topic, changed]);
      await new Promise((done) => setTimeout(done, readingMs));
    }, paces);

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    flushed = [];
    readingMs = 0;
  });
  afterEach(() => void vi.useRealTimers());

  test("is read a breath after its first message, together with what one breath tells", async () => {
    const hear = reader();
    hear({ topic: "escalations", ids: ["a"] });
    await vi.advanceTimersByTimeAsync(5);
    hear({ topic: "escalations", ids: ["b"] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(flushed).toEqual([[10, "escalations", new Set(["a", "b"])]]);
    hear({ topic: "escalations", ids: ["c"] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(flushed.at(-1)).toEqual([5_015, "escalations", new Set(["c"])]);
  });

  test("no topic waits for another: a new item is read while it is told how far the files are read", async () => {
    const hear = reader();
    hear({ topic: "sources" });
    hear({ topic: "escalations", ids: ["a"] });
    hear({ topic: "notices", ids: ["p"] });
    await vi.advanceTimersByTimeAsync(10);
    expect(flushed.map(([, topic]) => topic)).toEqual(["escalations", "notices"]);
    await vi.advanceTimersByTimeAsync(240);
    expect(flushed.map(([, topic]) => topic)).toEqual(["escalations", "notices", "sources"]);
  });

  test("10,000 changes in a minute are read at most ten times a second, and the last of them is read", async () => {
    const hear = reader();
    for (let told = 1; told <= 10_000; told++) {
      hear({ topic: "escalations", ids: [`${told}`] });
      await vi.advanceTimersByTimeAsync(6);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flushed.length).toBeLessThanOrEqual(600);
    expect(flushed.reduce((all, [, , changed]) => all + changed!.size, 0)).toBe(10_000);
    expect(flushed.at(-1)![2]).toContain("10000");
  });

  test("what is read slowly rests as long as it took, so that as much time is left for all else", async () => {
    readingMs = 700;
    const hear = reader();
    for (let told = 0; told < 1_000; told++) {
      hear({ topic: "escalations", ids: [`${told}`] });
      await vi.advanceTimersByTimeAsync(10);
    }
    const starts = flushed.map(([at]) => at);
    expect(starts.slice(1).every((at, index) => at - starts[index]! === 1_400)).toBe(true);
  });

  test("a read that fails is followed by the next", async () => {
    const calls: Changed[] = [];
    const hear = coalesce((_, changed) => {
      calls.push(changed);
      return calls.length === 1 ? Promise.reject(new Error("unreachable")) : Promise.resolve();
    }, paces);
    hear({ topic: "escalations", ids: ["a"] });
    await vi.advanceTimersByTimeAsync(20);
    hear({ topic: "escalations", ids: ["b"] });
    await vi.advanceTimersByTimeAsync(200);
    expect(calls).toEqual([new Set(["a"]), new Set(["b"])]);
  });
});
