import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import { severities, type Severity } from "@/lib/model/severities";
import { at, claimedBy, clock, onClocks, opened, T0 } from "@/lib/testing/items";
import { settle, stopClocks } from "./clocks";
import type { Escalation, Status } from "./escalation";
import { next, passTime, type Due } from "./next";

const HOUR = 60;
const everybody: Role[] = ["tech_lead", "product_owner", "security"];

/** Due at that minute: what, by which clock, whom it reaches, and the item's level after it. By hand, from DOMAIN.md. */
type Moment = [minute: number, does: "miss" | "raise", clock: string, to: Role[], level: number];

/** What time does to an item that nobody touches. */
const untouched: [EscalationPath, Severity | null, atOnceLevel: number, Moment[]][] = [
  ["policy_denial", null, 0, [[30, "miss", "resolve", ["product_owner"], 1]]],
  [
    "contract_drift",
    null,
    0,
    [
      [60, "miss", "investigate", ["tech_lead"], 1],
      [240, "miss", "remediate", ["tech_lead"], 1],
    ],
  ],
  [
    "integrity",
    "P1",
    1,
    [
      [120, "miss", "root cause", everybody, 2],
      [240, "miss", "remediate", everybody, 2],
    ],
  ],
  [
    "integrity",
    "P2",
    1,
    [
      [120, "miss", "root cause", ["tech_lead"], 1],
      [8 * HOUR, "miss", "remediate", ["tech_lead", "product_owner"], 2],
    ],
  ],
  [
    "integrity",
    "P3",
    1,
    [
      [120, "miss", "root cause", ["tech_lead"], 1],
      [24 * HOUR, "miss", "remediate", ["tech_lead"], 1],
    ],
  ],
  [
    "integrity",
    "P4",
    1,
    [
      [120, "miss", "root cause", [], 1],
      [14 * 24 * HOUR, "miss", "remediate", [], 1],
    ],
  ],
  [
    "incident",
    "P1",
    1,
    [
      [15, "miss", "first response", everybody, 2],
      [240, "miss", "resolution", everybody, 2],
    ],
  ],
  // The Tech Lead's step at 60 min is superseded: the missed response reached the Tech Lead at 30.
  [
    "incident",
    "P2",
    0,
    [
      [30, "miss", "first response", ["tech_lead"], 1],
      [240, "raise", "tell the Product Owner", ["product_owner"], 2],
      [8 * HOUR, "miss", "resolution", ["tech_lead", "product_owner"], 2],
    ],
  ],
  [
    "incident",
    "P3",
    0,
    [
      [120, "miss", "first response", ["tech_lead"], 1],
      [24 * HOUR, "miss", "resolution", ["tech_lead"], 1],
    ],
  ],
  [
    "incident",
    "P4",
    0,
    [
      [24 * HOUR, "miss", "first response", [], 0],
      [14 * 24 * HOUR, "miss", "resolution", [], 0],
    ],
  ],
];

/** The same once somebody did what stops the first clock: said what was found out, or took the item. */
const firstStopped: typeof untouched = [
  ["contract_drift", null, 0, [[240, "miss", "remediate", ["tech_lead"], 1]]],
  ["integrity", "P1", 1, [[240, "miss", "remediate", everybody, 2]]],
  ["integrity", "P2", 1, [[8 * HOUR, "miss", "remediate", ["tech_lead", "product_owner"], 2]]],
  ["integrity", "P3", 1, [[24 * HOUR, "miss", "remediate", ["tech_lead"], 1]]],
  ["integrity", "P4", 1, [[14 * 24 * HOUR, "miss", "remediate", [], 1]]],
  ["incident", "P1", 1, [[240, "miss", "resolution", everybody, 2]]],
  [
    "incident",
    "P2",
    0,
    [
      [60, "raise", "tell the Tech Lead", ["tech_lead"], 1],
      [240, "raise", "tell the Product Owner", ["product_owner"], 2],
      [8 * HOUR, "miss", "resolution", ["tech_lead", "product_owner"], 2],
    ],
  ],
  ["incident", "P3", 0, [[24 * HOUR, "miss", "resolution", ["tech_lead"], 1]]],
  ["incident", "P4", 0, [[14 * 24 * HOUR, "miss", "resolution", [], 0]]],
];

const stopFirst = (item: Escalation) =>
  settle({ ...item, clocks: stopClocks(stopClocks(item.clocks, "finding", at(1)), "claim", at(1)) });
const told = (due: readonly Due[]) =>
  due.map((step) =>
    step.do === "return-claim"
      ? [step.do, step.fromId, step.lateMs]
      : [step.do, step.clock.name, [...step.clock.to], step.lateMs],
  );
const names = (due: readonly Due[]) =>
  due.map((step) => (step.do === "return-claim" ? "return-claim" : step.clock.name));
const firstMiss = (moments: readonly Moment[]) => moments.find(([, does]) => does === "miss")?.[0];

function checkTimeline(item: Escalation, moments: Moment[]) {
  let now = item;
  let raisedAt = item.escalatedAt;
  moments.forEach(([minute, does, name, to, level], index) => {
    if (level > now.level) raisedAt = at(minute, 1);
    expect(next(now, at(minute, -1)), `a millisecond before ${name}`).toEqual({ due: [], at: at(minute, 1) });
    expect(next(now, at(minute)), `at the due instant of ${name}, which is not yet past`).toEqual({
      due: [],
      at: at(minute, 1),
    });
    expect(passTime(now, at(minute)).item, "and nothing happens to it").toBe(now);

    const after = next(now, at(minute, 1));
    const then = moments[index + 1];
    expect(told(after.due), `a millisecond after ${name}`).toEqual([[does, name, to, 1]]);
    expect(after.at, `what comes after ${name}`).toEqual(then ? at(then[0], 1) : null);

    now = passTime(now, at(minute, 1)).item;
    const missed = firstMiss(moments.slice(0, index + 1));
    expect(now).toMatchObject({
      level,
      status: "open",
      breachedAt: missed === undefined ? null : at(missed),
      escalatedAt: raisedAt,
      nextAt: then ? at(then[0], 1) : null,
    });
  });
  expect(next(now, at(365 * 24 * HOUR)), "a year later").toEqual({ due: [], at: null });
}

/** The moments that are still heard when nobody asked before: none is lost, a superseded step stays silent. */
function checkNoticedLate(item: Escalation, moments: Moment[]) {
  const last = moments.at(-1)!;
  const now = at(last[0] + HOUR);
  const { happened, item: after } = passTime(item, now);
  expect(told(happened)).toEqual(
    moments.map(([minute, does, name, to]) => [does, name, to, (last[0] + HOUR - minute) * 60_000]),
  );
  expect(after).toMatchObject({ level: last[4], breachedAt: at(firstMiss(moments)!), nextAt: null });
  expect(passTime(after, now)).toEqual({ item: after, happened: [] });
}

describe("what is due before, at and just after every due time", () => {
  describe.each(untouched)("%s %s that nobody touches", (path, severity, atOnceLevel, moments) => {
    it(`opens at level ${atOnceLevel}, with nothing due`, () => {
      expect(opened(path, severity)).toMatchObject({ level: atOnceLevel, nextAt: at(moments[0]![0], 1) });
      expect(next(opened(path, severity), T0)).toEqual({ due: [], at: at(moments[0]![0], 1) });
    });
    it("asked in time", () => checkTimeline(opened(path, severity), moments));
    it("asked only an hour after the last was due", () => checkNoticedLate(opened(path, severity), moments));
  });
  describe.each(firstStopped)("%s %s whose first clock was stopped in time", (path, severity, _, moments) => {
    it("asked in time", () => checkTimeline(stopFirst(opened(path, severity)), moments));
    it("asked only an hour after the last was due", () => checkNoticedLate(stopFirst(opened(path, severity)), moments));
  });
  it("covers every path and every severity", () => {
    const covered = new Set(untouched.map(([path, severity]) => `${path} ${severity}`));
    const bySeverity = ["integrity", "incident"] satisfies EscalationPath[];
    const expected = [
      "policy_denial null",
      "contract_drift null",
      ...bySeverity.flatMap((path) => severities.map((severity) => `${path} ${severity}`)),
    ];
    expect([...covered].sort()).toEqual(expected.sort());
    expect(new Set(untouched.map(([path]) => path))).toEqual(new Set(escalationPaths));
  });
});

describe("two clocks due together", () => {
  it("are both due, in the path's order", () => {
    const item = onClocks([
      clock("investigate", 60, { level: 1 }),
      clock("remediate", 60, { level: 2, to: ["product_owner"] }),
    ]);
    expect(next(item, at(60))).toEqual({ due: [], at: at(60, 1) });
    expect(told(next(item, at(60, 1)).due)).toEqual([
      ["miss", "investigate", ["tech_lead"], 1],
      ["miss", "remediate", ["product_owner"], 1],
    ]);
    expect(passTime(item, at(60, 1)).item).toMatchObject({
      level: 2,
      escalatedAt: at(60, 1),
      breachedAt: at(60),
      nextAt: null,
    });
  });
  it("a miss is heard even where the other raised the level already", () => {
    const item = onClocks([clock("first", 60, { level: 2 }), clock("second", 60, { level: 1 })]);
    const { item: after, happened } = passTime(item, at(60, 1));
    expect(names(happened)).toEqual(["first", "second"]);
    expect(after.level).toBe(2);
  });
  it("a step of the ladder for the level that a miss of that instant reaches is silent", () => {
    const item = onClocks([
      clock("first response", 60, { level: 1 }),
      clock("tell the Tech Lead", 60, { kind: "ladder", level: 1 }),
    ]);
    expect(names(next(item, at(60, 1)).due)).toEqual(["first response"]);
  });
  it("a step of the ladder for a higher level is due with it", () => {
    const item = onClocks([
      clock("first response", 60, { level: 1 }),
      clock("tell the Product Owner", 60, { kind: "ladder", level: 2 }),
    ]);
    expect(names(next(item, at(60, 1)).due)).toEqual(["first response", "tell the Product Owner"]);
    expect(passTime(item, at(60, 1)).item).toMatchObject({ level: 2, breachedAt: at(60) });
  });
  it("a policy denial's record that is due when its claim goes quiet: breach and returned claim", () => {
    const item = claimedBy("olga", opened("policy_denial"), 30);
    expect(
      told(next(item, at(30)).due),
      "a claim is quiet at the instant, a clock is past a millisecond later",
    ).toEqual([["return-claim", "olga", 0]]);
    expect(next(item, at(30)).at).toEqual(at(30, 1));
    expect(told(next(item, at(30, 1)).due)).toEqual([
      ["miss", "resolve", ["product_owner"], 1],
      ["return-claim", "olga", 1],
    ]);
    expect(passTime(item, at(30, 1)).item).toMatchObject({
      status: "open",
      claimedById: null,
      level: 1,
      breachedAt: at(30),
      nextAt: null,
    });
  });
});

describe("noticed late", () => {
  it("a breach of a policy denial, an hour late, says so", () => {
    expect(told(next(opened("policy_denial"), at(90)).due)).toEqual([
      ["miss", "resolve", ["product_owner"], 60 * 60_000],
    ]);
  });
  it("the breach is from when the clock ran out, not from when it was noticed", () => {
    expect(passTime(opened("policy_denial"), at(90)).item).toMatchObject({ breachedAt: at(30), escalatedAt: at(90) });
  });
  it("all that fell due meanwhile is due at once, each with how late it is, in the order in which it fell due", () => {
    const { happened, item } = passTime(claimedBy("olga", opened("contract_drift"), 90), at(300));
    expect(told(happened)).toEqual([
      ["miss", "investigate", ["tech_lead"], 240 * 60_000],
      ["return-claim", "olga", 210 * 60_000],
      ["miss", "remediate", ["tech_lead"], 60 * 60_000],
    ]);
    expect(item).toMatchObject({ level: 1, breachedAt: at(60), status: "open", claimedById: null, nextAt: null });
    expect(item.clocks.map(({ firedAt }) => firedAt)).toEqual([at(300), at(300)]);
  });
  it("a step of the ladder that a later one overtook meanwhile is due too: both reach somebody else", () => {
    expect(names(next(stopFirst(opened("incident", "P2")), at(300)).due)).toEqual([
      "tell the Tech Lead",
      "tell the Product Owner",
    ]);
  });
});

describe("a clock that goes backwards", () => {
  it("only waits", () => {
    const item = opened("contract_drift");
    expect(next(item, at(70)).due).toHaveLength(1);
    expect(next(item, at(50))).toEqual({ due: [], at: at(60, 1) });
    expect(next(item, at(-600))).toEqual({ due: [], at: at(60, 1) });
  });
  it("does not take back what was heard, nor hears it again", () => {
    const { item } = passTime(opened("contract_drift"), at(70));
    for (const minute of [50, 60, 70]) {
      expect(passTime(item, at(minute))).toEqual({ item, happened: [] });
      expect(next(item, at(minute)).at).toEqual(at(240, 1));
    }
  });
});

describe("what is closed", () => {
  const closings = (["resolved", "cancelled", "overridden"] as const).flatMap((status) =>
    untouched.map(([path, severity]) => [status, path, severity] as const),
  );
  it.each(closings)(
    "%s, %s %s: stays silent, however long ago its clocks ran out",
    (status: Status, path, severity) => {
      const item = settle({ ...opened(path, severity), status });
      for (const minute of [0, 16, 31, 61, 241, 100 * 24 * HOUR]) {
        expect(next(item, at(minute))).toEqual({ due: [], at: null });
        expect(passTime(item, at(minute))).toEqual({ item, happened: [] });
      }
    },
  );
  it("a claim that was left on it returns nowhere", () => {
    expect(next({ ...claimedBy("olga", opened("policy_denial")), status: "resolved" }, at(16))).toEqual({
      due: [],
      at: null,
    });
  });
});

describe("a step of the ladder that is superseded", () => {
  it("is silent when the level is there already, and is no reason to ask", () => {
    const item = settle({ ...stopFirst(opened("incident", "P2")), level: 1 });
    expect(next(item, at(60))).toEqual({ due: [], at: at(240, 1) });
    expect(next(item, at(60, 1))).toEqual({ due: [], at: at(240, 1) });
  });
  it("is silent when the level is higher", () => {
    const item = settle({ ...stopFirst(opened("incident", "P2")), level: 2 });
    expect(next(item, at(241))).toEqual({ due: [], at: at(480, 1) });
  });
});

describe("a claim that goes quiet", () => {
  const item = claimedBy("olga", opened("contract_drift"));
  it.each<[string, Date, object]>([
    ["a millisecond before", at(15, -1), { due: [], at: at(15) }],
    ["at the instant", at(15), { due: [{ do: "return-claim", fromId: "olga", lateMs: 0 }], at: at(60, 1) }],
    ["a millisecond after", at(15, 1), { due: [{ do: "return-claim", fromId: "olga", lateMs: 1 }], at: at(60, 1) }],
  ])("%s", (_, now, expected) => {
    expect(next(item, now)).toEqual(expected);
  });
  it("returns to the queue, and its clocks run on as they ran", () => {
    const { item: after } = passTime(item, at(15));
    expect(after).toMatchObject({
      status: "open",
      claimedById: null,
      claimedAt: null,
      claimQuietAt: null,
      level: 0,
      breachedAt: null,
      nextAt: at(60, 1),
    });
    expect(after.clocks).toBe(item.clocks);
  });
  it("leaves the first response given: who took it answered, even if they then went quiet", () => {
    const incident = passTime(claimedBy("olga", opened("incident", "P1")), at(20)).item;
    expect(incident).toMatchObject({ status: "open", breachedAt: null, dueClock: "resolution", nextAt: at(240, 1) });
  });
  it("a claim without a quiet instant stays", () => {
    expect(next(settle({ ...item, claimQuietAt: null }), at(59))).toEqual({ due: [], at: at(60, 1) });
  });
});

/** Clocks that no path has: any number, order, kind and level, many of them due together. */
const anyClocks = fc
  .array(
    fc.record({
      due: fc.constantFrom(15, 30, 60, 120, 240),
      kind: fc.constantFrom("sla" as const, "ladder" as const),
      level: fc.nat(3),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((some) => onClocks(some.map(({ due, ...rest }, index) => clock(`clock ${index}`, due, rest))));
const ofPath = fc
  .tuple(fc.constantFrom(...untouched), fc.boolean())
  .map(([[path, severity], stopped]) => (stopped ? stopFirst(opened(path, severity)) : opened(path, severity)));
const items = fc
  .tuple(
    fc.oneof(ofPath, anyClocks),
    fc.option(fc.oneof(fc.constantFrom(15, 60, 240), fc.integer({ min: 1, max: 3000 })), { nil: null }),
  )
  .map(([item, quiet]) => (quiet === null ? item : claimedBy("olga", item, quiet)));
/** Minutes over three weeks, mostly near the due times, with milliseconds around them. */
const instant = fc
  .tuple(
    fc.oneof(fc.constantFrom(15, 30, 60, 120, 240, 480, 1440, 20_160), fc.integer({ min: 0, max: 21 * 24 * HOUR })),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([minutes, ms]) => at(minutes, ms));
const instants = fc
  .array(instant, { minLength: 1, maxLength: 12 })
  .map((some) => some.sort((a, b) => a.getTime() - b.getTime()));

/** All but when it was heard, which depends on when somebody asked. */
const endState = ({ clocks, escalatedAt: _, ...item }: Escalation) => ({
  ...item,
  clocks: clocks.map(({ firedAt, ...rest }) => ({ ...rest, heard: firedAt !== null })),
});

describe("however often and whenever it is asked", () => {
  it("a worker that was paused and asks once leaves the item as one that asked all along", () => {
    fc.assert(
      fc.property(items, instants, (item, moments) => {
        const often = moments.reduce((current, now) => passTime(current, now).item, item);
        expect(endState(often)).toEqual(endState(passTime(item, moments.at(-1)!).item));
      }),
      { numRuns: 1000 },
    );
  });
  it("a worker that asked every minute of a day heard the same, in the same order, as one that asked at its end", () => {
    for (const [path, severity] of untouched) {
      let item = claimedBy("olga", opened(path, severity), 45);
      const heard: Due[] = [];
      for (let minute = 0; minute <= 25 * HOUR; minute++) {
        const step = passTime(item, at(minute));
        item = step.item;
        heard.push(...step.happened);
      }
      const once = passTime(claimedBy("olga", opened(path, severity), 45), at(25 * HOUR));
      expect(names(heard)).toEqual(names(once.happened));
      expect(endState(item)).toEqual(endState(once.item));
    }
  });
  it("passing the same instant twice changes nothing", () => {
    fc.assert(
      fc.property(items, instant, (before, now) => {
        const { item } = passTime(before, now);
        expect(passTime(item, now)).toEqual({ item, happened: [] });
      }),
    );
  });
  it("asked exactly at `at` something is due, a millisecond earlier nothing is", () => {
    fc.assert(
      fc.property(items, instant, (before, now) => {
        const { item } = passTime(before, now);
        const { at: then } = next(item, now);
        expect(item.nextAt, "what the item says of itself").toEqual(then);
        if (!then) return;
        expect(next(item, new Date(then.getTime() - 1)).due).toEqual([]);
        expect(next(item, then).due).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
  it("no clock is heard twice, no claim is returned twice, no level falls, and the clock may jump in any direction", () => {
    fc.assert(
      fc.property(items, fc.array(instant, { maxLength: 12 }), (before, moments) => {
        let item = before;
        const heard: string[] = [];
        for (const now of moments) {
          const step = passTime(item, now);
          expect(step.item.level).toBeGreaterThanOrEqual(item.level);
          if (item.breachedAt) expect(step.item.breachedAt, "a breach is never taken back").toEqual(item.breachedAt);
          heard.push(...names(step.happened));
          item = step.item;
        }
        expect(heard).toEqual([...new Set(heard)]);
      }),
      { numRuns: 1000 },
    );
  });
});
