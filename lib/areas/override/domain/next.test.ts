import { describe, expect, it } from "vitest";
import { at, T0 } from "@/lib/testing/items";
import { approved, inState, requested } from "@/lib/testing/overrides";
import { nextOfOverride, passTimeOfOverride, warnsAt, type OverrideDue } from "./next";
import { finalStatuses, overrideStatuses } from "./override";

const due = (what: OverrideDue["do"], lateMs = 0) => ({ do: what, lateMs });
const short = (seconds: number) =>
  approved({ approvedSeconds: seconds, expiresAt: new Date(T0.getTime() + seconds * 1000) });

describe("a request", () => {
  it.each<[string, Date, readonly OverrideDue[], Date | null]>([
    ["when it is made", T0, [], at(30, 1)],
    ["just before its deadline", at(30, -1), [], at(30, 1)],
    ["at its deadline, which is not yet missed", at(30), [], at(30, 1)],
    ["just after it", at(30, 1), [due("overdue", 1)], null],
    ["noticed a day later", at(30 + 1440), [due("overdue", 1440 * 60_000)], null],
  ])("%s", (_, now, happens, next) => {
    expect(nextOfOverride(requested(), now)).toEqual({ due: happens, at: next });
  });
  it("that was called overdue is so once, and stays a request for ever", () => {
    const { override } = passTimeOfOverride(requested(), at(31));
    expect(override).toMatchObject({
      status: "requested",
      overdueAt: at(31),
      nextAt: null,
      decidedAt: null,
      endedAt: null,
    });
    expect(nextOfOverride(override, at(100_000))).toEqual({ due: [], at: null });
  });
});

describe("its holder is to be warned", () => {
  it.each<[number, number]>([
    [60, 30],
    [61, 30.5],
    [600, 300],
    [1199, 599.5],
    [1200, 600],
    [1201, 601],
    [7200, 6600],
    [604_800, 604_200],
  ])("of a life of %d s after %d s", (seconds, warned) => {
    expect(warnsAt(short(seconds))).toEqual(new Date(T0.getTime() + warned * 1000));
  });
  it("never, while nothing is decided", () => {
    expect(warnsAt(requested())).toBeNull();
  });
});

describe.each(["approved", "active"] as const)("what is %s", (status) => {
  it.each<[string, Date, readonly OverrideDue[], Date | null]>([
    ["when it begins", T0, [], at(110)],
    ["just before its warning", at(110, -1), [], at(110)],
    ["at its warning", at(110), [due("warn")], at(120)],
    ["just before its end", at(120, -1), [due("warn", 10 * 60_000 - 1)], at(120)],
    ["at its end, when thegent honours it no more", at(120), [due("expire")], null],
    ["noticed an hour after its end, when nobody needs a warning", at(180), [due("expire", 3_600_000)], null],
  ])("%s", (_, now, happens, next) => {
    expect(nextOfOverride(approved({ status }), now)).toEqual({ due: happens, at: next });
  });
  it("is warned of once", () => {
    const { override } = passTimeOfOverride(approved({ status }), at(115));
    expect(override).toMatchObject({ status, warnedAt: at(115), nextAt: at(120) });
    expect(nextOfOverride(override, at(116))).toEqual({ due: [], at: at(120) });
  });
  it("ended at its end, however late that is noticed, and by nobody", () => {
    expect(passTimeOfOverride(approved({ status }), at(500)).override).toMatchObject({
      status: "expired",
      endedAt: at(120),
      endedById: null,
      endReason: null,
      nextAt: null,
      warnedAt: null,
    });
  });
});

it.each(finalStatuses)("nothing happens to what is %s", (status) => {
  for (const now of [T0, at(30, 1), at(120), at(100_000)])
    expect(nextOfOverride(inState[status], now)).toEqual({ due: [], at: null });
});

it.each(overrideStatuses)("passing time twice at one instant changes what is %s once", (status) => {
  for (const now of [T0, at(30), at(30, 1), at(110), at(120, -1), at(120), at(300)]) {
    const once = passTimeOfOverride(inState[status], now).override;
    expect(passTimeOfOverride(once, now)).toEqual({ override: once, happened: [] });
  }
});
