import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { betterOffset, observeServerTime, subscribeToJumps, subscribeToTicks, tickedTime } from "./server-clock";

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
      now: Date.parse("2026-02-10T10:00:00.400Z"),
    }),
);
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

describe("a page that nobody sees", () => {
  const changed = new EventTarget();
  const page = { visibilityState: "visible" };
  const show = (state: "visible" | "hidden") => {
    page.visibilityState = state;
    changed.dispatchEvent(new Event("visibilitychange"));
  };
  beforeEach(() => {
    vi.stubGlobal("document", page);
    vi.stubGlobal("addEventListener", changed.addEventListener.bind(changed));
    vi.stubGlobal("removeEventListener", changed.removeEventListener.bind(changed));
    show("visible");
  });
  afterEach(() => void vi.unstubAllGlobals());

  test("counts no seconds, and shows the right one as soon as it is seen", () => {
    observeServerTime("2026-02-10T10:00:10.400Z", Date.now());
    const heard: string[] = [];
    const leave = subscribeToTicks(() => heard.push(new Date(tickedTime()).toISOString().slice(17, 19)));
    show("hidden");
    vi.advanceTimersByTime(125_000);
    expect([heard, vi.getTimerCount()]).toEqual([["10"], 0]);
    show("visible");
    expect(heard).toEqual(["10", "15"]);
    vi.advanceTimersByTime(605);
    expect(heard).toEqual(["10", "15", "16"]);
    leave();
    show("hidden");
    show("visible");
    expect([heard.length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  test("that is opened behind another begins to count when it is seen", () => {
    show("hidden");
    let heard = 0;
    const leave = subscribeToTicks(() => heard++);
    vi.advanceTimersByTime(10_000);
    expect([heard, vi.getTimerCount()]).toEqual([1, 0]);
    show("visible");
    vi.advanceTimersByTime(1_000);
    expect(heard).toBe(3);
    leave();
  });
});

describe("a clock that jumps while the page is open", () => {
  const start = Date.parse("2026-02-10T10:00:00.400Z");
  let passed = 0;
  let asked = 0;
  const leaves: (() => void)[] = [];
  const second = () => {
    vi.advanceTimersByTime(1_000);
    passed += 1_000;
  };
  const answer = () => observeServerTime(new Date(start + passed).toISOString(), Date.now());
  /** Seconds by which the page's clock is ahead of the server's. */
  const ahead = () => Math.round((tickedTime() - start - passed) / 1_000) + 0;

  beforeEach(() => {
    [passed, asked] = [0, 0];
    answer();
    leaves.push(
      subscribeToTicks(() => undefined),
      subscribeToJumps(() => asked++),
    );
    second();
    answer();
  });
  afterEach(() => leaves.splice(0).forEach((leave) => leave()));

  test.each([-7_200_000, -2_000])(
    "set back by %i ms it is seen through at the next tick, and the server is asked",
    (jump) => {
      vi.setSystemTime(Date.now() + jump);
      second();
      expect([ahead(), asked]).toEqual([0, 1]);
      answer();
      second();
      expect([ahead(), asked]).toEqual([0, 1]);
    },
  );

  test.each([3_600_000, 2_000])(
    "by %i ms forward it may have slept, and nothing must look less late than it is: the server is asked, and its answer rules",
    (jump) => {
      vi.setSystemTime(Date.now() + jump);
      second();
      expect([ahead(), asked]).toEqual([jump / 1_000, 1]);
      answer();
      second();
      expect([ahead(), asked]).toEqual([0, 1]);
    },
  );

  test("a machine that slept: what the server says is what the clock says", () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    passed += 3_600_000;
    second();
    expect([ahead(), asked]).toEqual([0, 1]);
    answer();
    second();
    expect(ahead()).toBe(0);
  });

  test("an answer that comes before the tick notices it, too", () => {
    vi.setSystemTime(Date.now() + 2_000);
    answer();
    expect(asked).toBe(1);
    second();
    expect([ahead(), asked]).toEqual([0, 1]);
  });

  test("a clock that is put right little by little did not jump", () => {
    for (let i = 0; i < 20; i++) {
      vi.setSystemTime(Date.now() + 50);
      second();
    }
    expect(asked).toBe(0);
  });
});
