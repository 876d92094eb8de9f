import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openEventStream, waitBefore, type LiveWord } from "./event-stream";

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [3, 1, 4000],
  [5, 1, 15_000],
  [1000, 0, 7500],
])("attempt %i with chance %d waits %i ms", (attempt, chance, milliseconds) => expect(waitBefore(attempt, chance)).toBe(milliseconds));

describe("a stream that is kept open", () => {
  class FakeSource {
    static all: FakeSource[] = [];
    static readonly CLOSED = 2;
    readyState = 1;
    onopen: () => void = () => undefined;
    onerror: () => void = () => undefined;
    onmessage: (event: { data: string }) => void = () => undefined;
    ping: () => void = () => undefined;
    constructor(readonly url: string) {
      FakeSource.all.push(this);
    }
    addEventListener = (_: string, listener: () => void) => void (this.ping = listener);
    close = () => void (this.readyState = FakeSource.CLOSED);
  }
  const words: LiveWord[] = [];
  const latest = () => FakeSource.all.at(-1)!;

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
    const stop = openEventStream("/api/live", (word) => words.push(word));
    latest().onopen();
    latest().onmessage({ data: '{"topic":"escalations","ids":["a"]}' });
    latest().onmessage({ data: "garbage" });
    latest().onmessage({ data: '{"topic":"other"}' });
    expect(words).toEqual([{ kind: "opened" }, { kind: "message", message: { topic: "escalations", ids: ["a"] } }]);
    stop();
    expect(latest().readyState).toBe(FakeSource.CLOSED);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is opened again after an error, and after a silence without pings", () => {
    const stop = openEventStream("/api/live", (word) => words.push(word));
    latest().onopen();
    latest().onerror();
    expect(words.at(-1)).toEqual({ kind: "state", live: false });
    vi.advanceTimersByTime(15_000);
    expect(FakeSource.all).toHaveLength(2);
    latest().onopen();
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(20_000);
      latest().ping();
    }
    expect(FakeSource.all).toHaveLength(2);
    vi.advanceTimersByTime(51_000);
    expect(words.at(-1)).toEqual({ kind: "state", live: false });
    expect(FakeSource.all).toHaveLength(3);
    stop();
  });
});
