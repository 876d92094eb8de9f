import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAsk, dueAt, overdueAt, type Sweep } from "./sweep-schedule";

const start = new Date("2026-03-01T10:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const done = (minutes: number, change: Partial<Sweep> = {}): Sweep => ({
  id: 1,
  byPerson: false,
  askedAt: at(minutes),
  begunAt: at(minutes),
  endedAt: at(minutes),
  hasResult: true,
  ...change,
});
const failed = (minutes: number): Sweep => done(minutes, { id: 2, hasResult: false });
const open = done(0, { id: 3, endedAt: null, hasResult: false });

describe("the next sweep", () => {
  it.each<[string, Sweep | null, Sweep | null, number, Date | null]>([
    ["is due at once where there was none", null, null, 60, at(100)],
    ["is due so long after the last began", done(90), done(90), 60, at(150)],
    ["that was missed is due since then", done(0), done(0), 60, at(60)],
    ["is none of its own while one is open", open, done(0), 60, null],
    ["after one that failed waits a quarter of an hour", failed(98), null, 60, at(113)],
    ["after one that failed waits no longer than usual", failed(98), null, 5, at(103)],
    ["after one that failed waits for its time, where that is later", failed(98), done(97), 60, at(157)],
    ["after one that failed and was due anyway waits a quarter of an hour", failed(98), done(0), 60, at(113)],
    ["is due at once where the last is of a time ahead: the clock was set back", done(500), done(500), 60, at(100)],
    ["is due at once where the last failed at a time ahead", failed(500), null, 60, at(100)],
  ])("%s", (_, last, swept, everyMinutes, due) => {
    expect(dueAt({ last, done: swept, everyMinutes }, at(100))).toEqual(due);
  });

  it("is never further away than the time between two, whatever the clock did", () => {
    const instants = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(instants, instants, instants, fc.integer({ min: 5, max: 10_080 }), (a, b, now, everyMinutes) => {
        const due = dueAt({ last: failed(a), done: done(b), everyMinutes }, at(now));
        expect(due!.getTime()).toBeLessThanOrEqual(at(now + everyMinutes).getTime());
      }),
    );
  });
});

describe("a result", () => {
  it.each<[string, Sweep | null, number, Date | null]>([
    ["that is not there is not old", null, 60, null],
    ["is too old once the next should be there, and a tenth of the time more", done(0), 60, at(66)],
    ["is given five minutes at least", done(0), 5, at(10)],
    ["of a time ahead is too old now", done(500), 60, at(100)],
  ])("%s", (_, swept, everyMinutes, overdue) => {
    expect(overdueAt({ done: swept, everyMinutes }, at(100))).toEqual(overdue);
  });
});

describe("a sweep by hand", () => {
  const byHand = done(100, { byPerson: true });
  const seconds = (n: number) => new Date(at(100).getTime() + n * 1000);
  it.each<[string, Sweep | null, number | null, Date, object]>([
    ["where there was none", null, null, at(0), { do: "sweep" }],
    ["after the one that was shown", done(0), 1, at(1), { do: "sweep" }],
    ["while one is open is that one", open, 3, at(1), { do: "nothing" }],
    ["while one is open that was not shown yet, too", open, null, at(1), { do: "nothing" }],
    ["pressed twice is the one that has come since", done(0), null, at(1), { do: "nothing" }],
    ["right after a scheduled one", done(100), 1, seconds(1), { do: "sweep" }],
    ["right after another by hand waits", byHand, 1, seconds(29.999), { do: "wait", until: seconds(30) }],
    ["half a minute after another by hand", byHand, 1, seconds(30), { do: "sweep" }],
    ["after another of a time ahead", byHand, 1, at(0), { do: "sweep" }],
  ])("%s", (_, last, seen, now, decision) => {
    expect(decideAsk(last, seen, now)).toEqual(decision);
  });
});
