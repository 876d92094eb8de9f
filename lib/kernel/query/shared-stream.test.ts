import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LiveWord } from "./event-stream";
import { joinSharedStream } from "./shared-stream";

/** Between a word and its being heard in another tab. */
const wayMs = 5;

/** A channel between tabs as browsers have it, by the test's clock; what is told to a frozen tab waits until it is thawed. */
class Channel {
  static readonly all = new Set<Channel>();
  onmessage: ((event: { data: unknown }) => void) | null = null;
  private waiting: unknown[] | null = null;
  constructor(readonly name: string) {
    Channel.all.add(this);
  }
  postMessage(data: unknown): void {
    const copy = structuredClone(data);
    for (const other of Channel.all)
      if (other !== this && other.name === this.name) setTimeout(() => other.hear(copy), wayMs);
  }
  private hear(data: unknown): void {
    if (this.waiting) this.waiting.push(data);
    else if (Channel.all.has(this)) this.onmessage?.({ data });
  }
  close(): void {
    Channel.all.delete(this);
  }
  freeze(): void {
    this.waiting = [];
  }
  thaw(): void {
    const heard = this.waiting ?? [];
    this.waiting = null;
    for (const data of heard) this.hear(data);
  }
}

/** A tab that keeps what it hears. */
class Tab {
  readonly heard: LiveWord[] = [];
  /** Says something as the server would; null while it has no stream. */
  server: ((word: LiveWord) => void) | null = null;
  readonly channel: Channel;
  private readonly leave: () => void;
  constructor(person: string) {
    this.leave = joinSharedStream(
      "/api/live",
      person,
      (word) => this.heard.push(word),
      (_url, _person, on) => {
        this.server = on;
        return () => void (this.server = null);
      },
    );
    this.channel = [...Channel.all].at(-1)!;
    tabs.add(this);
  }
  close(): void {
    tabs.delete(this);
    this.leave();
  }
  count = (kind: LiveWord["kind"]) => this.heard.filter((word) => word.kind === kind).length;
}

const tabs = new Set<Tab>();
const leaders = () => [...tabs].filter(({ server }) => server);
const message: LiveWord = { kind: "message", message: { topic: "escalations", ids: ["a"] } };
const opened: LiveWord = { kind: "opened" };
const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** Opens tabs of one person, the first of which has the stream. */
function openTabs(count: number, person = "olga"): Tab[] {
  const first = new Tab(person);
  pass(2_000);
  first.server!(opened);
  const others = Array.from({ length: count - 1 }, () => new Tab(person));
  pass(200);
  return [first, ...others];
}

// Chance decides which tab is first; whatever it decides, one is.
describe.each([1, 2, 3, 4, 5])("the tabs of one person share one stream (chance %i)", (seed) => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("BroadcastChannel", Channel);
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("removeEventListener", () => undefined);
    let state = seed;
    vi.spyOn(Math, "random").mockImplementation(() => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647);
  });
  afterEach(() => {
    for (const tab of [...tabs]) tab.close();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test("one has it, all hear, and one that is opened later reads what it may have missed", () => {
    const all = openTabs(8);
    expect(all.map((tab) => tab.count("opened"))).toEqual(all.map(() => 1));
    all[0]!.server!(message);
    pass(10 * 60_000);
    expect(leaders()).toEqual([all[0]]);
    expect(all.map(({ heard }) => heard)).toEqual(all.map(() => [opened, message]));
  });

  test("tabs opened in the same moment agree on one", () => {
    for (let made = 0; made < 8; made++) new Tab("olga");
    pass(2_000);
    const one = leaders();
    expect(one).toHaveLength(1);
    pass(60_000);
    expect(leaders()).toEqual(one);
  });

  test("a stream that is lost is said in all of them, and one that comes back is read after in all of them", () => {
    const [first, other] = openTabs(2);
    first!.server!({ kind: "lost" });
    pass(wayMs);
    expect(other!.heard).toEqual([opened, { kind: "lost" }]);
    first!.server!(opened);
    pass(wayMs);
    expect(other!.heard).toEqual([opened, { kind: "lost" }, opened]);
  });

  test("whose the stream is, if it is somebody else's, is said in all of them", () => {
    const [first, other] = openTabs(2);
    first!.server!({ kind: "person", id: "paula" });
    pass(wayMs);
    expect(other!.heard.at(-1)).toEqual({ kind: "person", id: "paula" });
  });

  test("the one that has it closes, and another takes it over", () => {
    const [first, ...others] = openTabs(3);
    first!.close();
    pass(2_000);
    expect(leaders()).toHaveLength(1);
    leaders()[0]!.server!(opened);
    leaders()[0]!.server!(message);
    pass(wayMs);
    expect(others.map(({ heard }) => heard)).toEqual(others.map(() => [opened, { kind: "lost" }, opened, message]));
  });

  test("the one that has it hangs, and is replaced within 15 s; once it does not, it follows the other, and disturbs nobody", () => {
    const [first, ...others] = openTabs(3);
    first!.channel.freeze();
    pass(15_000);
    const [next, ...more] = leaders().filter((tab) => tab !== first);
    expect(more).toEqual([]);
    next!.server!(opened);
    pass(60_000);
    expect(others.map((tab) => tab.count("opened"))).toEqual([2, 2]);
    first!.channel.thaw();
    pass(100);
    expect(leaders()).toEqual([next]);
    next!.server!(message);
    pass(60_000);
    expect(leaders()).toEqual([next]);
    expect(first!.heard.at(-1)).toEqual(message);
    expect(others.map(({ heard }) => heard.slice(-2))).toEqual(others.map(() => [opened, message]));
  });

  test("nothing of one person's stream reaches a page of another's", () => {
    const [olga] = openTabs(1, "olga");
    const [paula] = openTabs(1, "paula");
    expect(leaders()).toEqual([olga, paula]);
    olga!.server!({ kind: "message", message: { topic: "notices" } });
    pass(60_000);
    expect(paula!.heard).toEqual([opened]);
  });
});
