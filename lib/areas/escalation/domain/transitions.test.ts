import { describe, expect, it } from "vitest";
import { at, claimedBy, opened, T0 } from "@/lib/testing/items";
import { isLate, type Escalation, type Status } from "./escalation";
import { passTime } from "./next";
import {
  closeThere,
  decideAddAgain,
  decideAssign,
  decideCancel,
  decideClaim,
  decideComment,
  decideRelease,
  decideReopen,
  decideReport,
  decideResolve,
  decideSignOff,
  type Rejection,
  type Transition,
} from "./transitions";

const quietMinutes = 15;
const drift = opened("contract_drift");
const denial = opened("policy_denial");
const by = (personId: string, now: Date) => ({ personId, now, quietMinutes });
const closed = (status: Status, item = drift): Escalation => ({
  ...item,
  status,
  closedById: "paula",
  closedAt: T0,
  nextAt: null,
});
const breached = (item: Escalation): Escalation => ({ ...item, breachedAt: at(5) });

/** What the act may be told, without having read the item again. Olga acts; claims go quiet 15 minutes after T0. */
const acts = {
  claim: (item: Escalation, now: Date) => decideClaim(item, by("olga", now)),
  release: (item: Escalation) => decideRelease(item),
  assign: (item: Escalation, now: Date) => decideAssign(item, { toId: "peter", now, quietMinutes }),
  comment: (item: Escalation, now: Date) => decideComment(item, by("olga", now)),
  report: (item: Escalation, now: Date) =>
    decideReport(item, { ...by("olga", now), finding: "A field was renamed.", adapterChange: false }),
  resolve: (item: Escalation, now: Date, lateCause: string | null = null) =>
    decideResolve(item, { ...by("olga", now), outcome: "unblocked", note: "Raised.", lateCause }),
  cancel: (item: Escalation, now: Date, lateCause: string | null = null) =>
    decideCancel(item, { ...by("olga", now), note: "A test run.", lateCause }),
  "sign off": (item: Escalation, now: Date) => decideSignOff(item, { ...by("olga", now), note: "Seen." }),
  "sign off the breach of": (item: Escalation, now: Date) =>
    decideSignOff(breached(item), { ...by("olga", now), note: "Seen." }),
  reopen: (item: Escalation) => decideReopen(item),
} satisfies Record<string, (item: Escalation, now: Date) => Transition>;
type Act = keyof typeof acts;

const states = {
  open: [drift, at(10)],
  "claimed by me": [claimedBy("olga", drift), at(10)],
  "claimed by me, quiet but not yet returned": [claimedBy("olga", drift), at(20)],
  "claimed by another": [claimedBy("omar", drift), at(10)],
  "claimed by another, quiet but not yet returned": [claimedBy("omar", drift), at(20)],
  resolved: [closed("resolved"), at(10)],
  overridden: [closed("overridden"), at(10)],
  cancelled: [closed("cancelled"), at(10)],
} satisfies Record<string, [Escalation, Date]>;
type State = keyof typeof states;

const everyState = Object.keys(states) as State[];
const done = ["resolved", "overridden", "cancelled"] as const satisfies State[];

/** Refused, and why; everything else is allowed. */
const refused: Record<Act, Partial<Record<State, Rejection["why"]>>> = {
  claim: {
    "claimed by another": "already-claimed",
    resolved: "already-closed",
    overridden: "already-closed",
    cancelled: "already-closed",
  },
  release: {
    open: "not-claimed",
    resolved: "already-closed",
    overridden: "already-closed",
    cancelled: "already-closed",
  },
  assign: { resolved: "already-closed", overridden: "already-closed", cancelled: "already-closed" },
  comment: {},
  report: { resolved: "already-closed", overridden: "already-closed", cancelled: "already-closed" },
  resolve: {
    "claimed by another": "claimed-by-another",
    resolved: "already-closed",
    overridden: "already-closed",
    cancelled: "already-closed",
  },
  cancel: {
    "claimed by another": "claimed-by-another",
    resolved: "already-closed",
    overridden: "already-closed",
    cancelled: "already-closed",
  },
  "sign off": {
    open: "no-breach",
    "claimed by me": "no-breach",
    "claimed by me, quiet but not yet returned": "no-breach",
    "claimed by another": "no-breach",
    "claimed by another, quiet but not yet returned": "no-breach",
    resolved: "no-breach",
    overridden: "no-breach",
    cancelled: "no-breach",
  },
  "sign off the breach of": {},
  reopen: {
    open: "still-open",
    "claimed by me": "still-open",
    "claimed by me, quiet but not yet returned": "still-open",
    "claimed by another": "still-open",
    "claimed by another, quiet but not yet returned": "still-open",
  },
};

const rows = (Object.keys(acts) as Act[]).flatMap((act) =>
  everyState.map((state) => [act, state, refused[act][state] ?? "allowed"] as const),
);
const accepted = (transition: Transition) => {
  if (!transition.ok) throw new Error(`refused: ${transition.rejection.why}`);
  return transition;
};
const refusal = (transition: Transition) => (transition.ok ? null : transition.rejection);
const heard = (transition: Transition) =>
  accepted(transition).overdue.map((due) => [
    due.do,
    due.do === "return-claim" ? due.fromId : due.clock.name,
    due.lateMs,
  ]);

describe("what may be done to an item", () => {
  it.each(rows)("%s what is %s: %s", (act, state, expected) => {
    const [item, now] = states[state];
    const transition = acts[act](item, now);
    expect(transition.ok ? "allowed" : transition.rejection.why).toBe(expected);
  });
  it.each(done)("who is told that it is %s already is told by whom", (status) => {
    for (const act of ["claim", "release", "assign", "report", "resolve", "cancel"] as const) {
      expect(refusal(acts[act](...states[status]))).toEqual({ why: "already-closed", status, byId: "paula" });
    }
  });
  it.each(["claim", "resolve", "cancel"] as const)("who may not %s it is told who holds it", (act) => {
    expect(refusal(acts[act](...states["claimed by another"]))).toMatchObject({ byId: "omar" });
  });
  it("no act changes the item it was given", () => {
    for (const [act, state] of rows) {
      const [item, now] = states[state];
      const copy = structuredClone(item);
      acts[act](item, now);
      expect(item).toEqual(copy);
    }
  });
});

describe("a claim", () => {
  it("is the person's, until they go quiet", () => {
    expect(accepted(acts.claim(drift, at(10)))).toMatchObject({
      next: {
        status: "claimed",
        claimedById: "olga",
        claimedAt: at(10),
        claimQuietAt: at(25),
        nextAt: at(25),
        level: 0,
      },
      overdue: [],
    });
  });
  it("said again keeps since when it is theirs, and holds longer", () => {
    expect(accepted(acts.claim(claimedBy("olga", drift), at(10))).next).toMatchObject({
      claimedAt: T0,
      claimQuietAt: at(25),
    });
  });
  it("said again after it went quiet, before anybody noticed, goes on", () => {
    expect(accepted(acts.claim(claimedBy("olga", drift), at(20)))).toMatchObject({
      next: { claimedAt: T0, claimQuietAt: at(35) },
      overdue: [],
    });
  });
  it("of what a colleague went quiet on takes it over, and the colleague's claim is heard as returned", () => {
    const transition = acts.claim(claimedBy("omar", drift), at(20));
    expect(accepted(transition).next).toMatchObject({ claimedById: "olga", claimedAt: at(20), claimQuietAt: at(35) });
    expect(heard(transition)).toEqual([["return-claim", "omar", 5 * 60_000]]);
  });
  it("takes over at the very instant at which the colleague's goes quiet, not a millisecond earlier", () => {
    expect(refusal(acts.claim(claimedBy("omar", drift), at(15, -1)))).toEqual({ why: "already-claimed", byId: "omar" });
    expect(accepted(acts.claim(claimedBy("omar", drift), at(15))).next.claimedById).toBe("olga");
  });

  it("stops an incident's first response and no other clock", () => {
    const { next } = accepted(acts.claim(opened("incident", "P2"), at(10)));
    expect(next.clocks.map(({ name, stoppedAt }) => [name, stoppedAt])).toEqual([
      ["first response", at(10)],
      ["resolution", null],
      ["tell the Tech Lead", null],
      ["tell the Product Owner", null],
    ]);
    expect(next).toMatchObject({ dueAt: at(480), dueClock: "resolution", breachedAt: null });
  });
  it.each([
    ["policy_denial", null],
    ["contract_drift", null],
    ["integrity", "P1"],
  ] as const)("stops no clock of %s", (path, severity) => {
    expect(
      accepted(acts.claim(opened(path, severity), at(10))).next.clocks.every(({ stoppedAt }) => stoppedAt === null),
    ).toBe(true);
  });
  it("at the due instant of the first response answers in time", () => {
    expect(accepted(acts.claim(opened("incident", "P2"), at(30)))).toMatchObject({
      next: { level: 0, breachedAt: null },
      overdue: [],
    });
  });
  it("after the first response ran out, before anybody heard it, is a breach, and the act hears it", () => {
    const transition = acts.claim(opened("incident", "P2"), at(30, 1));
    expect(heard(transition)).toEqual([["miss", "first response", 1]]);
    expect(accepted(transition).next).toMatchObject({
      status: "claimed",
      level: 1,
      escalatedAt: at(30, 1),
      breachedAt: at(30),
      clocks: [{ name: "first response", firedAt: at(30, 1), stoppedAt: at(30, 1) }, {}, {}, {}],
    });
  });
  it("after the first response was heard as missed hears nothing twice", () => {
    const { item } = passTime(opened("incident", "P2"), at(31));
    const transition = acts.claim(item, at(40));
    expect(heard(transition)).toEqual([]);
    expect(accepted(transition).next).toMatchObject({
      level: 1,
      breachedAt: at(30),
      dueClock: "resolution",
      nextAt: at(55),
    });
  });
  it("of an item past its SLA is allowed", () => {
    expect(heard(acts.claim(denial, at(31)))).toEqual([["miss", "resolve", 60_000]]);
  });
});

describe("a release", () => {
  it.each(["olga", "omar"])("of %s's claim puts the item back into the queue", (holder) => {
    expect(accepted(decideRelease(claimedBy(holder, drift))).next).toMatchObject({
      status: "open",
      claimedById: null,
      claimedAt: null,
      claimQuietAt: null,
      nextAt: at(60, 1),
    });
  });
  it("does not start the first response again", () => {
    expect(accepted(decideRelease(claimedBy("olga", opened("incident", "P2")))).next).toMatchObject({
      dueClock: "resolution",
      clocks: [{ stoppedAt: T0 }, {}, {}, {}],
    });
  });
});

describe("an assignment", () => {
  it.each([
    ["an open item", drift],
    ["an item of who assigns it", claimedBy("olga", drift)],
    ["an item of a third", claimedBy("omar", drift)],
  ])("of %s makes it the claim of the person named, from now on", (_, item) => {
    expect(accepted(acts.assign(item, at(10)))).toMatchObject({
      next: { status: "claimed", claimedById: "peter", claimedAt: at(10), claimQuietAt: at(25) },
      overdue: [],
    });
  });
  it("to who holds it already is refused", () => {
    expect(refusal(acts.assign(claimedBy("peter", drift), at(10)))).toEqual({ why: "already-claimed", byId: "peter" });
  });
  it("is a first response", () => {
    expect(accepted(acts.assign(opened("incident", "P1"), at(10))).next).toMatchObject({
      dueClock: "resolution",
      breachedAt: null,
      clocks: [{ stoppedAt: at(10) }, { stoppedAt: null }],
    });
  });
  it("after the first response ran out hears the miss", () => {
    const transition = acts.assign(opened("incident", "P1"), at(16));
    expect(heard(transition)).toEqual([["miss", "first response", 60_000]]);
    expect(accepted(transition).next).toMatchObject({ level: 2, breachedAt: at(15) });
  });
  it("to its holder who went quiet is theirs anew", () => {
    expect(accepted(acts.assign(claimedBy("peter", drift), at(20))).next).toMatchObject({
      claimedById: "peter",
      claimQuietAt: at(35),
    });
  });
  it("of what its holder went quiet on returns it to nobody in between", () => {
    expect(heard(acts.assign(claimedBy("omar", drift), at(20)))).toEqual([]);
  });
});

describe("a comment", () => {
  it("of the holder prolongs the claim", () => {
    expect(accepted(acts.comment(claimedBy("olga", drift), at(10))).next).toEqual({
      ...claimedBy("olga", drift),
      claimQuietAt: at(25),
      nextAt: at(25),
    });
  });
  it("of the holder prolongs it after it went quiet, before anybody noticed", () => {
    expect(accepted(acts.comment(claimedBy("olga", drift), at(20))).next).toMatchObject({
      status: "claimed",
      claimQuietAt: at(35),
    });
  });
  it.each(["open", "claimed by another", "claimed by another, quiet but not yet returned", ...done] as const)(
    "on what is %s leaves it as it is",
    (state) => {
      const [item, now] = states[state];
      expect(accepted(acts.comment(item, now))).toEqual({ ok: true, next: item, overdue: [] });
    },
  );
  it("of who held what is closed now prolongs nothing", () => {
    const item = { ...closed("resolved"), claimedById: "olga" };
    expect(accepted(acts.comment(item, at(10))).next).toEqual(item);
  });
});

describe("a report of what was found out", () => {
  const report = (
    item: Escalation,
    now: Date,
    adapterChange = false,
    finding = "A field was renamed.",
    personId = "olga",
  ) => decideReport(item, { ...by(personId, now), finding, adapterChange });

  it.each<[string, Escalation, Rejection["why"] | null]>([
    ["a policy denial", denial, "nothing-to-find"],
    ["drift", drift, null],
    ["an integrity failure", opened("integrity", "P1"), null],
    ["an incident", opened("incident", "P1"), "nothing-to-find"],
  ])("on %s: %s refuses it", (_, item, why) => {
    expect(refusal(report(item, at(10)))?.why ?? null).toBe(why);
  });
  it("stops the clock that waits for it and leaves the other running", () => {
    expect(accepted(report(drift, at(10)))).toMatchObject({
      next: {
        finding: "A field was renamed.",
        adapterChange: false,
        level: 0,
        dueAt: at(240),
        dueClock: "remediate",
        clocks: [{ stoppedAt: at(10) }, { stoppedAt: null }],
      },
      overdue: [],
    });
    expect(accepted(report(opened("integrity", "P1"), at(10))).next).toMatchObject({
      dueAt: at(240),
      dueClock: "remediate",
    });
  });
  it("said again replaces what was said, and the clock stopped when it was first said", () => {
    const again = accepted(report(accepted(report(drift, at(10))).next, at(50), false, "Two fields were renamed."));
    expect(again.next).toMatchObject({ finding: "Two fields were renamed.", clocks: [{ stoppedAt: at(10) }, {}] });
  });
  it("at the due instant is in time; a millisecond later it is a breach, and the act hears it", () => {
    expect(heard(report(drift, at(60)))).toEqual([]);
    const late = report(drift, at(60, 1));
    expect(heard(late)).toEqual([["miss", "investigate", 1]]);
    expect(accepted(late).next).toMatchObject({ level: 1, breachedAt: at(60), dueClock: "remediate" });
  });
  it("leaves a colleague's claim theirs, and prolongs only one's own", () => {
    expect(accepted(report(claimedBy("omar", drift), at(10))).next).toMatchObject({
      claimedById: "omar",
      claimQuietAt: at(15),
    });
    expect(accepted(report(claimedBy("olga", drift), at(10))).next).toMatchObject({
      claimedById: "olga",
      claimQuietAt: at(25),
    });
    expect(accepted(report(claimedBy("olga", drift), at(20))).next).toMatchObject({
      claimedById: "olga",
      claimQuietAt: at(35),
    });
  });
  it("on what a colleague went quiet on hears the claim as returned", () => {
    const transition = report(claimedBy("omar", drift), at(20));
    expect(heard(transition)).toEqual([["return-claim", "omar", 5 * 60_000]]);
    expect(accepted(transition).next).toMatchObject({ status: "open", claimedById: null, claimQuietAt: null });
  });

  describe("that an adapter change is required", () => {
    it("raises drift to level 2 at once", () => {
      expect(accepted(report(drift, at(10), true)).next).toMatchObject({
        adapterChange: true,
        level: 2,
        escalatedAt: at(10),
        breachedAt: null,
      });
    });
    it("raises it from level 1, too", () => {
      expect(accepted(report(passTime(drift, at(61)).item, at(70), true)).next).toMatchObject({
        level: 2,
        escalatedAt: at(70),
        breachedAt: at(60),
      });
    });
    it("raises it once: said again, it stays as it was raised", () => {
      expect(accepted(report(accepted(report(drift, at(10), true)).next, at(50), true)).next).toMatchObject({
        adapterChange: true,
        level: 2,
        escalatedAt: at(10),
      });
    });
    it("stays once it is said", () => {
      expect(accepted(report(accepted(report(drift, at(10), true)).next, at(50), false)).next).toMatchObject({
        adapterChange: true,
        level: 2,
      });
    });
    it("can be said later than what was found", () => {
      expect(accepted(report(accepted(report(drift, at(10))).next, at(50), true)).next).toMatchObject({
        adapterChange: true,
        level: 2,
        escalatedAt: at(50),
      });
    });
    it("leaves a later miss to be heard, at the level that it has", () => {
      const { item, happened } = passTime(accepted(report(drift, at(10), true)).next, at(241));
      expect(happened).toMatchObject([{ do: "miss", clock: { name: "remediate", to: ["tech_lead"] } }]);
      expect(item).toMatchObject({ level: 2, escalatedAt: at(10), breachedAt: at(240) });
    });
    it("means nothing to an integrity failure", () => {
      expect(accepted(report(opened("integrity", "P1"), at(10), true)).next).toMatchObject({
        adapterChange: false,
        level: 1,
        escalatedAt: T0,
      });
    });
  });
});

describe.each(["resolve", "cancel"] as const)("to %s", (act) => {
  const status = act === "resolve" ? "resolved" : "cancelled";
  const close = acts[act];

  it.each([
    "open",
    "claimed by me",
    "claimed by me, quiet but not yet returned",
    "claimed by another, quiet but not yet returned",
  ] as const)("what is %s closes it and stops every clock", (state) => {
    const [item, now] = states[state];
    const { next } = accepted(close(item, now));
    expect(next).toMatchObject({
      status,
      outcome: act === "resolve" ? "unblocked" : null,
      closedById: "olga",
      closedAt: now,
      lateCause: null,
      claimQuietAt: null,
      nextAt: null,
      dueAt: at(60),
      dueClock: "investigate",
      breachedAt: null,
    });
    expect(next.clocks.map(({ stoppedAt }) => stoppedAt)).toEqual([now, now]);
    expect(passTime(next, at(10_000)).happened).toEqual([]);
  });
  it("keeps the note", () => {
    expect(accepted(close(drift, at(10))).next.note).toBe(act === "resolve" ? "Raised." : "A test run.");
  });
  it("at the very due instant is in time", () => {
    expect(accepted(close(denial, at(30)))).toMatchObject({
      next: { status, breachedAt: null, lateCause: null },
      overdue: [],
    });
  });
  it("in time keeps no cause of a lateness that is none", () => {
    expect(accepted(close(denial, at(10), "None needed.")).next.lateCause).toBeNull();
  });
  it("late without a cause is refused", () => {
    expect(refusal(close(denial, at(30, 1)))).toEqual({ why: "late-cause-missing" });
  });
  it("late with a cause is a breach even if nobody heard it before, and the act hears it", () => {
    const transition = close(denial, at(30, 1), "Waited for the vendor.");
    expect(heard(transition)).toEqual([["miss", "resolve", 1]]);
    expect(accepted(transition).next).toMatchObject({
      status,
      lateCause: "Waited for the vendor.",
      level: 1,
      escalatedAt: at(30, 1),
      breachedAt: at(30),
      nextAt: null,
    });
  });
  it("late, after it was heard, keeps when it was raised and hears nothing twice", () => {
    const transition = close(passTime(denial, at(31)).item, at(90), "Night.");
    expect(heard(transition)).toEqual([]);
    expect(accepted(transition).next).toMatchObject({
      level: 1,
      escalatedAt: at(31),
      breachedAt: at(30),
      lateCause: "Night.",
    });
  });
  it("an item that missed its first clock only, before its second, asks for the cause too", () => {
    const missed = passTime(drift, at(61)).item;
    expect(refusal(close(missed, at(100)))).toEqual({ why: "late-cause-missing" });
    expect(accepted(close(missed, at(100), "Night.")).next).toMatchObject({
      status,
      lateCause: "Night.",
      breachedAt: at(60),
    });
  });
  it("an item that was reported in time and closed before its second clock is not late", () => {
    expect(accepted(close(accepted(acts.report(drift, at(10))).next, at(239))).next).toMatchObject({
      status,
      breachedAt: null,
      lateCause: null,
      dueAt: at(240),
    });
  });
  it("what a colleague works on is refused before lateness is asked about", () => {
    expect(refusal(close(claimedBy("omar", denial, 90), at(31)))).toEqual({ why: "claimed-by-another", byId: "omar" });
  });
});

describe("closing is late", () => {
  it.each<[string, Pick<Escalation, "breachedAt" | "dueAt">, Date, boolean]>([
    ["before the due instant", denial, at(29), false],
    ["at the due instant", denial, at(30), false],
    ["a millisecond after it", denial, at(30, 1), true],
    [
      "in time for the clock that runs, after another was missed",
      { dueAt: at(240), breachedAt: at(60) },
      at(100),
      true,
    ],
  ])("%s", (_, item, now, late) => {
    expect(isLate(item, now)).toBe(late);
  });
});

describe("a sign-off", () => {
  it("hears a clock that ran out and that nobody had heard yet", () => {
    expect(accepted(acts["sign off"](opened("policy_denial"), at(31)))).toMatchObject({
      next: { breachedAt: at(30), signedOffById: "olga" },
    });
  });
  it("does not cover a clock that is missed after it", () => {
    const signed = accepted(acts["sign off"](passTime(opened("contract_drift"), at(61)).item, at(70))).next;
    expect(passTime(signed, at(241)).item).toMatchObject({
      breachedAt: at(60),
      signedOffById: null,
      signedOffAt: null,
      signOffNote: null,
    });
  });
  const breach = passTime(denial, at(31)).item;
  it("of an open breach leaves the item open", () => {
    expect(accepted(acts["sign off"](breach, at(40))).next).toEqual({
      ...breach,
      signedOffById: "olga",
      signedOffAt: at(40),
      signOffNote: "Seen.",
    });
  });
  it("is made once, and who comes second is told who was first", () => {
    expect(refusal(acts["sign off"]({ ...breach, signedOffById: "paula" }, at(40)))).toEqual({
      why: "already-signed-off",
      byId: "paula",
    });
  });
  it("is asked for by a missed clock alone, whatever the level", () => {
    expect(refusal(acts["sign off"](opened("integrity", "P1"), at(10)))).toEqual({ why: "no-breach" });
    expect(
      refusal(
        acts["sign off"](
          accepted(decideReport(drift, { ...by("olga", at(10)), finding: "Renamed.", adapterChange: true })).next,
          at(20),
        ),
      ),
    ).toEqual({ why: "no-breach" });
    expect(accepted(acts["sign off"](passTime(opened("incident", "P4"), at(1441)).item, at(1500))).next).toMatchObject({
      level: 0,
      signedOffById: "olga",
    });
  });
});

describe("adding a vanished record again", () => {
  const lost = (item: Escalation): Escalation => ({ ...item, lostAt: at(5) });

  it.each<[string, Escalation, Partial<Escalation>]>([
    ["open", lost(denial), { status: "open", lostAt: at(5) }],
    ["one's own", lost(claimedBy("olga", denial)), { claimedById: "olga", claimQuietAt: at(25), lostAt: at(5) }],
    [
      "a colleague's, who keeps it",
      lost(claimedBy("omar", denial)),
      { claimedById: "omar", claimQuietAt: at(15), lostAt: at(5) },
    ],
  ])("is done to an item that is %s; it is lost until its record was seen", (_, item, expected) => {
    expect(decideAddAgain(item, by("olga", at(10)))).toMatchObject({ ok: true, next: expected });
  });
  it("hears a clock that had run out", () => {
    expect(decideAddAgain(lost(denial), by("olga", at(31)))).toMatchObject({
      ok: true,
      next: { breachedAt: expect.any(Date) as Date },
    });
  });
  it.each<[string, Escalation, Rejection]>([
    ["is not lost", denial, { why: "not-lost" }],
    ["is closed", lost(closed("resolved", denial)), { why: "already-closed", status: "resolved", byId: "paula" }],
  ])("is refused when the item %s", (_, item, rejection) =>
    expect(decideAddAgain(item, by("olga", at(10)))).toEqual({ ok: false, rejection }),
  );
});

describe("reopening", () => {
  it.each(done)("what is %s leaves it as it is: the new item names it", (status) => {
    expect(accepted(decideReopen(closed(status)))).toEqual({ ok: true, next: closed(status), overdue: [] });
  });
});

describe("an item that was closed in thegent itself", () => {
  it.each([
    ["open", denial],
    ["somebody's claim", claimedBy("omar", denial)],
  ])("when it was %s, is resolved by nobody here, and no clock of it is heard any more", (_, item) => {
    const { next, overdue } = closeThere(item, at(20));
    expect(next).toMatchObject({
      status: "resolved",
      closedById: null,
      closedAt: at(20),
      outcome: null,
      breachedAt: null,
      lateCause: null,
      nextAt: null,
      dueAt: at(30),
      clocks: [{ stoppedAt: at(20) }],
    });
    expect(overdue).toEqual([]);
    expect(passTime(next, at(10_000)).happened).toEqual([]);
  });
  it("at the due instant is in time; a millisecond later it is a breach that waits for its sign-off, without a cause", () => {
    expect(closeThere(denial, at(30))).toMatchObject({ next: { breachedAt: null }, overdue: [] });
    expect(closeThere(denial, at(30, 1))).toMatchObject({
      next: { status: "resolved", breachedAt: at(30), level: 1, lateCause: null, signedOffById: null },
      overdue: [{ do: "miss", lateMs: 1 }],
    });
  });
  it("is judged by when it was closed there, however late that is read here", () => {
    const { next, overdue } = closeThere(passTime(denial, at(20)).item, at(29));
    expect([next.breachedAt, overdue]).toEqual([null, []]);
  });
});
