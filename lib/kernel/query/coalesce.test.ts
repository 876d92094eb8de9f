import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { coalesce, withIds, type Changed, type Pace } from "./coalesce";

test("ids are collected, and a message without ids means all of them", () => {
  const two = withIds(withIds(undefined, ["a"]), ["b", "a"]);
  expect(two).toEqual(new Set(["a", "b"]));
  const all = withIds(two, null);
  expect(all).toBe(null);
  expect(withIds(all, ["c"])).toBe(null);
});

describe("a storm of messages", () => {
  const soon: Pace = { breathMs: 10, restMs: 100 };
  const paces: Record<"queue" | "inbox" | "files", Pace> = {
    queue: soon,
    inbox: soon,
    files: { breathMs: 250, restMs: 1_000 },
  };
  let flushed: [at: number, part: string, changed: Changed][];
  let readingMs: number;
  const reader = () =>
    coalesce(async (part: keyof typeof paces, changed) => {
      flushed.push([performance.now(), part, changed]);
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
    hear("queue", ["a"]);
    await vi.advanceTimersByTimeAsync(5);
    hear("queue", ["b"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(flushed).toEqual([[10, "queue", new Set(["a", "b"])]]);
    hear("queue", ["c"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(flushed.at(-1)).toEqual([5_015, "queue", new Set(["c"])]);
  });

  test("no part waits for another: a new item is read while it is told how far the files are read", async () => {
    const hear = reader();
    hear("files");
    hear("queue", ["a"]);
    hear("inbox", ["p"]);
    await vi.advanceTimersByTimeAsync(10);
    expect(flushed.map(([, part]) => part)).toEqual(["queue", "inbox"]);
    await vi.advanceTimersByTimeAsync(240);
    expect(flushed.map(([, part]) => part)).toEqual(["queue", "inbox", "files"]);
  });

  test("what only counts goes along with what is waited for, and by itself when nothing is", async () => {
    const hear = coalesce(
      async (part: "queue" | "figures", changed) => void flushed.push([performance.now(), part, changed]),
      { queue: soon, figures: { breathMs: 200, restMs: 500, goesAlong: true } },
    );
    hear("figures");
    await vi.advanceTimersByTimeAsync(90);
    hear("queue", ["a"]);
    hear("figures");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flushed).toEqual([
      [100, "figures", null],
      [101, "queue", new Set(["a"])],
    ]);
    flushed = [];
    hear("figures");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flushed).toEqual([[1_290, "figures", null]]);
  });

  test("what goes along still rests: a storm of what is waited for does not make it be read more often", async () => {
    const hear = coalesce(
      async (part: "queue" | "figures", changed) => void flushed.push([performance.now(), part, changed]),
      { queue: soon, figures: { breathMs: 200, restMs: 500, goesAlong: true } },
    );
    for (let told = 0; told < 300; told++) {
      hear("queue", ["a"]);
      hear("figures");
      await vi.advanceTimersByTimeAsync(10);
    }
    const counted = flushed.filter(([, part]) => part === "figures").map(([at]) => at);
    expect(counted.length).toBeGreaterThanOrEqual(5);
    expect(counted.slice(1).every((at, index) => at - counted[index]! >= 500)).toBe(true);
  });

  test("10,000 changes in a minute are read at most ten times a second, and the last of them is read", async () => {
    const hear = reader();
    for (let told = 1; told <= 10_000; told++) {
      hear("queue", [`${told}`]);
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
      hear("queue", [`${told}`]);
      await vi.advanceTimersByTimeAsync(10);
    }
    const starts = flushed.map(([at]) => at);
    expect(starts.slice(1).every((at, index) => at - starts[index]! === 1_400)).toBe(true);
  });

  test("a read that fails is followed by the next", async () => {
    const calls: Changed[] = [];
    const hear = coalesce((_: keyof typeof paces, changed) => {
      calls.push(changed);
      return calls.length === 1 ? Promise.reject(new Error("unreachable")) : Promise.resolve();
    }, paces);
    hear("queue", ["a"]);
    await vi.advanceTimersByTimeAsync(20);
    hear("queue", ["b"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls).toEqual([new Set(["a"]), new Set(["b"])]);
  });
});
