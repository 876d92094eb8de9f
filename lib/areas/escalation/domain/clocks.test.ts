import { describe, expect, it } from "vitest";
import type { EscalationPath, StoppedBy } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";
import { at, claimedBy, clock, onClocks, opened, T0 } from "@/lib/testing/items";
import { atOnce, settle, startClocks, stopClocks } from "./clocks";
import type { Clock, Escalation } from "./escalation";
import { passTime } from "./next";

const settings = { slaMinutes: 30, breachAlert: true };
const everybody: Role[] = ["tech_lead", "product_owner", "security"];
const minutesOf = ({ startedAt, dueAt }: Clock) => (dueAt.getTime() - startedAt.getTime()) / 60_000;

/** name, kind, due in minutes, what stops it, and a miss: level and whom it reaches. By hand, from DOMAIN.md. */
type Expected = [name: string, kind: Clock["kind"], minutes: number, stoppedBy: StoppedBy, level: number, to: Role[]];

const opening: [EscalationPath, Severity | null, Expected[]][] = [
  ["policy_denial", null, [["resolve", "sla", 30, "close", 1, ["product_owner"]]]],
  [
    "contract_drift",
    null,
    [
      ["investigate", "sla", 60, "finding", 1, ["tech_lead"]],
      ["remediate", "sla", 240, "close", 1, ["tech_lead"]],
    ],
  ],
  [
    "integrity",
    "P1",
    [
      ["root cause", "sla", 120, "finding", 2, everybody],
      ["remediate", "sla", 240, "close", 2, everybody],
    ],
  ],
  [
    "integrity",
    "P2",
    [
      ["root cause", "sla", 120, "finding", 1, ["tech_lead"]],
      ["remediate", "sla", 480, "close", 2, ["tech_lead", "product_owner"]],
    ],
  ],
  [
    "integrity",
    "P3",
    [
      ["root cause", "sla", 120, "finding", 1, ["tech_lead"]],
      ["remediate", "sla", 1440, "close", 1, ["tech_lead"]],
    ],
  ],
  [
    "integrity",
    "P4",
    [
      ["root cause", "sla", 120, "finding", 0, []],
      ["remediate", "sla", 20_160, "close", 0, []],
    ],
  ],
  [
    "incident",
    "P1",
    [
      ["first response", "sla", 15, "claim", 2, everybody],
      ["resolution", "sla", 240, "close", 2, everybody],
    ],
  ],
  [
    "incident",
    "P2",
    [
      ["first response", "sla", 30, "claim", 1, ["tech_lead"]],
      ["resolution", "sla", 480, "close", 2, ["tech_lead", "product_owner"]],
      ["tell the Tech Lead", "ladder", 60, "close", 1, ["tech_lead"]],
      ["tell the Product Owner", "ladder", 240, "close", 2, ["product_owner"]],
    ],
  ],
  [
    "incident",
    "P3",
    [
      ["first response", "sla", 120, "claim", 1, ["tech_lead"]],
      ["resolution", "sla", 1440, "close", 1, ["tech_lead"]],
    ],
  ],
  [
    "incident",
    "P4",
    [
      ["first response", "sla", 1440, "claim", 0, []],
      ["resolution", "sla", 20_160, "close", 0, []],
    ],
  ],
];
const clocksOf = (path: EscalationPath, severity: Severity | null) =>
  opening.find(([its, of]) => its === path && of === severity)![2];
const said = (clocks: readonly Clock[]): Expected[] =>
  clocks.map((its) => [its.name, its.kind, minutesOf(its), its.stoppedBy, its.level, [...its.to]]);

describe("the clocks that an item opens with", () => {
  it.each(opening)("%s %s", (path, severity, clocks) => {
    expect(said(startClocks({ path, severity, startedAt: T0, settings }))).toEqual(clocks);
  });
  it.each(["integrity", "incident"] as const)("%s without a severity runs as fast as a P1", (path) => {
    expect(said(startClocks({ path, severity: null, startedAt: T0, settings }))).toEqual(clocksOf(path, "P1"));
  });
  it.each(["policy_denial", "contract_drift"] as const)(
    "%s has the same clocks whatever severity it is given",
    (path) => {
      expect(said(startClocks({ path, severity: "P4", startedAt: T0, settings }))).toEqual(clocksOf(path, null));
    },
  );
  it.each([
    ["policy_denial", null, "escalation"],
    ["contract_drift", null, "drift"],
    ["integrity", "P1", "audit"],
    ["incident", "P2", "observation"],
  ] as const)("of %s (%s) all start at once, run, are unheard and tell by the row “%s”", (path, severity, activity) => {
    for (const started of startClocks({ path, severity, startedAt: T0, settings })) {
      expect(started).toMatchObject({ startedAt: T0, stoppedAt: null, firedAt: null, activity, alert: true });
    }
  });

  it.each([5, 30, 45, 1440])("a policy denial has the %i minutes that the setting says", (slaMinutes) => {
    expect(
      startClocks({ path: "policy_denial", severity: null, startedAt: T0, settings: { ...settings, slaMinutes } }).map(
        minutesOf,
      ),
    ).toEqual([slaMinutes]);
  });
  it("the setting reaches no other path", () => {
    for (const [path, severity, clocks] of opening.slice(1)) {
      expect(said(startClocks({ path, severity, startedAt: T0, settings: { ...settings, slaMinutes: 5 } }))).toEqual(
        clocks,
      );
    }
  });
  it("keeps whether a breach alerts", () => {
    for (const [path, severity] of opening) {
      for (const { alert } of startClocks({
        path,
        severity,
        startedAt: T0,
        settings: { ...settings, breachAlert: false },
      }))
        expect(alert).toBe(false);
    }
  });
  it.each([
    ["later than the setting says", at(90)],
    ["earlier", at(7)],
    ["before it was seen here at all", at(-600)],
  ])("a record's own due instant rules, %s", (_, dueAt) => {
    expect(startClocks({ path: "policy_denial", severity: null, startedAt: T0, settings, dueAt })).toMatchObject([
      { name: "resolve", startedAt: T0, dueAt },
    ]);
  });
  it("such an instant moves the first clock only", () => {
    expect(
      startClocks({ path: "contract_drift", severity: null, startedAt: T0, settings, dueAt: at(7) }).map(minutesOf),
    ).toEqual([7, 240]);
  });
});

describe("whom an item reaches at T0", () => {
  it.each<[EscalationPath, Severity | null, ReturnType<typeof atOnce>]>([
    ["policy_denial", null, null],
    ["contract_drift", null, null],
    ["integrity", "P1", { level: 1, to: ["security"], activity: "audit" }],
    ["integrity", "P4", { level: 1, to: ["security"], activity: "audit" }],
    ["integrity", null, { level: 1, to: ["security"], activity: "audit" }],
    ["incident", "P1", { level: 1, to: everybody, activity: "observation" }],
    ["incident", null, { level: 1, to: everybody, activity: "observation" }],
    ["incident", "P2", null],
    ["incident", "P3", null],
    ["incident", "P4", null],
  ])("%s %s: %j", (path, severity, expected) => {
    expect(atOnce(path, severity)).toEqual(expected);
  });
});

describe("what stops a clock", () => {
  const three = [
    clock("a", 15, { stoppedBy: "claim" }),
    clock("b", 60, { stoppedBy: "finding" }),
    clock("c", 240),
    clock("d", 60, { kind: "ladder" }),
  ];
  it.each<[StoppedBy, string[]]>([
    ["claim", ["a"]],
    ["finding", ["b"]],
    ["close", ["a", "b", "c", "d"]],
  ])("a %s stops %j", (by, names) => {
    const after = stopClocks(three, by, at(10));
    expect(after.filter(({ stoppedAt }) => stoppedAt).map(({ name }) => name)).toEqual(names);
    expect(
      after.filter(({ stoppedAt }) => stoppedAt).every(({ stoppedAt }) => stoppedAt?.getTime() === at(10).getTime()),
    ).toBe(true);
  });
  it("a clock that stopped before keeps when it stopped", () => {
    expect(stopClocks(stopClocks(three, "claim", at(3)), "close", at(10))[0]!.stoppedAt).toEqual(at(3));
  });
});

describe("what an item's own columns say of its clocks", () => {
  const due = ({ dueAt, dueClock, nextAt }: Escalation) => ({ dueAt, dueClock, nextAt });
  const stopped = (item: Escalation, by: StoppedBy, change: Partial<Escalation> = {}) =>
    settle({ ...item, clocks: stopClocks(item.clocks, by, at(10)), ...change });

  it.each<[string, Escalation, ReturnType<typeof due>]>([
    ["a policy denial", opened("policy_denial"), { dueAt: at(30), dueClock: "resolve", nextAt: at(30, 1) }],
    ["drift: its first clock", opened("contract_drift"), { dueAt: at(60), dueClock: "investigate", nextAt: at(60, 1) }],
    [
      "drift that was investigated: its second",
      stopped(opened("contract_drift"), "finding"),
      { dueAt: at(240), dueClock: "remediate", nextAt: at(240, 1) },
    ],
    ["an integrity failure", opened("integrity", "P1"), { dueAt: at(120), dueClock: "root cause", nextAt: at(120, 1) }],
    [
      "an integrity failure whose cause is found",
      stopped(opened("integrity", "P2"), "finding"),
      { dueAt: at(480), dueClock: "remediate", nextAt: at(480, 1) },
    ],
    ["an incident", opened("incident", "P3"), { dueAt: at(120), dueClock: "first response", nextAt: at(120, 1) }],
    [
      "a P2 that somebody took: due by its resolution, next is the ladder",
      stopped(opened("incident", "P2"), "claim"),
      { dueAt: at(480), dueClock: "resolution", nextAt: at(60, 1) },
    ],
    [
      "a P2 that somebody took at level 1: the Tech Lead's step is superseded",
      stopped(opened("incident", "P2"), "claim", { level: 1 }),
      { dueAt: at(480), dueClock: "resolution", nextAt: at(240, 1) },
    ],
    [
      "a P2 that somebody took at level 2: only its resolution is left",
      stopped(opened("incident", "P2"), "claim", { level: 2 }),
      { dueAt: at(480), dueClock: "resolution", nextAt: at(480, 1) },
    ],
    [
      "claimed: the claim goes quiet first",
      claimedBy("olga", opened("contract_drift")),
      { dueAt: at(60), dueClock: "investigate", nextAt: at(15) },
    ],
    [
      "claimed: the clock runs out first",
      claimedBy("olga", opened("policy_denial"), 45),
      { dueAt: at(30), dueClock: "resolve", nextAt: at(30, 1) },
    ],
    [
      "past its first clock: that is still what it was due by",
      passTime(opened("contract_drift"), at(60, 1)).item,
      { dueAt: at(60), dueClock: "investigate", nextAt: at(240, 1) },
    ],
    [
      "past all its clocks: nothing comes",
      passTime(opened("contract_drift"), at(300)).item,
      { dueAt: at(60), dueClock: "investigate", nextAt: null },
    ],
    [
      "the first of two in the path's order when they are due together",
      onClocks([clock("a", 60), clock("b", 60)]),
      { dueAt: at(60), dueClock: "a", nextAt: at(60, 1) },
    ],
    [
      "the earlier one, whatever their order",
      onClocks([clock("a", 90), clock("b", 60)]),
      { dueAt: at(60), dueClock: "b", nextAt: at(60, 1) },
    ],
    [
      "a ladder's step is no due time",
      onClocks([clock("a", 90), clock("b", 60, { kind: "ladder" })]),
      { dueAt: at(90), dueClock: "a", nextAt: at(60, 1) },
    ],
    [
      "closed before its first clock ran out: it keeps what it was due by",
      stopped(opened("contract_drift"), "close", { status: "resolved" }),
      { dueAt: at(60), dueClock: "investigate", nextAt: null },
    ],
    [
      "closed after its finding: it keeps the second",
      stopped(stopped(opened("contract_drift"), "finding"), "close", { status: "cancelled" }),
      { dueAt: at(240), dueClock: "remediate", nextAt: null },
    ],
    [
      "overridden",
      stopped(opened("policy_denial"), "close", { status: "overridden" }),
      { dueAt: at(30), dueClock: "resolve", nextAt: null },
    ],
    [
      "closed although a clock was left running: nothing comes",
      settle({ ...opened("policy_denial"), status: "resolved" }),
      { dueAt: at(30), dueClock: "resolve", nextAt: null },
    ],
    [
      "closed while it was somebody's claim: nothing comes",
      settle({ ...claimedBy("olga", opened("policy_denial")), status: "cancelled" }),
      { dueAt: at(30), dueClock: "resolve", nextAt: null },
    ],
  ])("%s", (_, item, expected) => {
    expect(due(item)).toEqual(expected);
  });

  it("settling twice changes nothing", () => {
    for (const [path, severity] of opening) expect(settle(opened(path, severity))).toEqual(opened(path, severity));
  });
});

describe("an item keeps the clocks it opened with", () => {
  // As a path said it once: other minutes, another name, other addressees, no alert.
  const old = opened("policy_denial", null, {
    clocks: [clock("answer", 45, { level: 3, to: ["security"], activity: "policy", alert: false })],
  });

  it("is due by them, not by what its path says now", () => {
    expect(old).toMatchObject({ dueAt: at(45), dueClock: "answer", nextAt: at(45, 1) });
    expect(passTime(old, at(45)).happened).toEqual([]);
  });
  it("a miss reaches whom they say", () => {
    expect(passTime(old, at(45, 1))).toMatchObject({
      happened: [
        { do: "miss", clock: { name: "answer", level: 3, to: ["security"], activity: "policy", alert: false } },
      ],
      item: { level: 3, breachedAt: at(45), nextAt: null },
    });
  });
  it("a setting that changes meanwhile reaches only items that open after it", () => {
    const before = opened("policy_denial");
    startClocks({
      path: "policy_denial",
      severity: null,
      startedAt: T0,
      settings: { slaMinutes: 5, breachAlert: false },
    });
    expect(settle(before)).toMatchObject({ dueAt: at(30), clocks: [{ dueAt: at(30), alert: true }] });
  });
});
