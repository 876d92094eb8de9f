import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openEventStream, waitBefore, type LiveWord } from "./event-stream";

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [3, 1, 4000],
  [5, 1, 15_000],
  [1000, 0, 7500],
])("attempt %i with chance %d waits %i ms", (attempt, chance, milliseconds) =>
  expect(waitBefore(attempt, chance)).toBe(milliseconds),
);

describe("a stream that is kept open", () => {
  class FakeSource {
    static all: FakeSource[] = [];
    static readonly CLOSED = 2;
    readyState = 1;
    onerror: () => void = () => undefined;
    onmessage: (event: { data: string }) => void = () => undefined;
    private readonly listeners: Record<string, (event: { data: string }) => void> = {};
    constructor(readonly url: string) {
      FakeSource.all.push(this);
    }
    addEventListener = (name: string, listener: (event: { data: string }) => void) =>
      void (this.listeners[name] = listener);
    says = (name: "person" | "ping", data = "") => this.listeners[name]!({ data });
    close = () => void (this.readyState = FakeSource.CLOSED);
  }
  const words: LiveWord[] = [];
  const latest = () => FakeSource.all.at(-1)!;
  const open = () => openEventStream("/api/live", "olga", (word) => words.push(word));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", FakeSource);
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("removeEventListener", () => undefined);
    FakeSource.all = [];
    words.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("tells its messages, and nothing that is not one", () => {
    const stop = open();
    latest().says("person", "olga");
    latest().onmessage({ data: '{"topic":"escalations","ids":["a"]}' });
    latest().onmessage({ data: "garbage" });
    latest().onmessage({ data: '{"topic":"other"}' });
    expect(words).toEqual([{ kind: "opened" }, { kind: "message", message: { topic: "escalations", ids: ["a"] } }]);
    stop();
    expect(latest().readyState).toBe(FakeSource.CLOSED);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is opened again after an error, and after a silence without pings", () => {
    const stop = open();
    latest().says("person", "olga");
    latest().onerror();
    expect(words.at(-1)).toEqual({ kind: "lost" });
    vi.advanceTimersByTime(15_000);
    expect(FakeSource.all).toHaveLength(2);
    latest().says("person", "olga");
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(20_000);
      latest().says("ping");
    }
    expect(FakeSource.all).toHaveLength(2);
    vi.advanceTimersByTime(31_000);
    expect(words.at(-1)).toEqual({ kind: "lost" });
    expect(FakeSource.all).toHaveLength(3);
    stop();
  });

  test("is not listened to when it is somebody else's, and tried again, ever more seldom, until it is not", () => {
    const stop = open();
    latest().says("person", "paula");
    expect(words).toEqual([{ kind: "person", id: "paula" }, { kind: "lost" }]);
    expect(latest().readyState).toBe(FakeSource.CLOSED);
    for (let tries = 0; tries < 6; tries++) {
      vi.advanceTimersByTime(15_000);
      latest().says("person", "paula");
    }
    expect(FakeSource.all).toHaveLength(7);
    vi.advanceTimersByTime(7_000);
    expect(FakeSource.all).toHaveLength(7);
    vi.advanceTimersByTime(8_000);
    latest().says("person", "olga");
    expect(words.at(-1)).toEqual({ kind: "opened" });
    stop();
  });
});
