import { describe, expect, it } from "vitest";
import { at, T0 } from "@/lib/testing/items";
import { approved, day, draft, inState, requested } from "@/lib/testing/overrides";
import { finalStatuses, overrideStatuses, type Override, type OverrideStatus } from "./override";
import {
  activate,
  decideAdvice,
  decideApproval,
  decideDenial,
  decideRequest,
  decideRevocation,
  decideWithdrawal,
  isConsultationOpen,
  type OverrideRejection,
  type OverrideTransition,
} from "./transitions";

const hash = "b".repeat(64);
const by = (now: Date, change = {}) => ({
  personId: "pia",
  forId: null,
  now,
  note: "Checked.",
  withoutConsultation: null,
  seconds: 7200,
  ttlSeconds: day,
  seenHash: hash,
  contentHash: hash,
  ...change,
});
const approve = (override: Override, now: Date, change = {}) => decideApproval(override, by(now, change));
const deny = (override: Override, now: Date, change = {}) => decideDenial(override, by(now, change));

const done = (transition: OverrideTransition): Override => {
  if (!transition.ok) throw new Error(`Refused: ${transition.rejection.why}`);
  return transition.next;
};
const refused = (transition: OverrideTransition): OverrideRejection | null =>
  transition.ok ? null : transition.rejection;

describe("every act on every state, 20 minutes in", () => {
  const now = at(20);
  const acts: Record<string, (override: Override) => OverrideTransition> = {
    advise: (override) => decideAdvice(override, { personId: "sam", now, text: "Fine.", inFavour: true }),
    approve: (override) => approve(override, now),
    deny: (override) => deny(override, now),
    withdraw: (override) => decideWithdrawal(override, { personId: "olga", now }),
    revoke: (override) => decideRevocation(override, { personId: "omar", now, reason: "The cause is gone." }),
  };
  /** By hand: the state it leads to, or why not. */
  const table: Record<keyof typeof acts, Record<OverrideStatus, string>> = {
    advise: {
      requested: "requested",
      approved: "not-requested",
      active: "not-requested",
      denied: "not-requested",
      withdrawn: "not-requested",
      expired: "not-requested",
      revoked: "not-requested",
    },
    approve: {
      requested: "approved",
      approved: "not-requested",
      active: "not-requested",
      denied: "not-requested",
      withdrawn: "not-requested",
      expired: "not-requested",
      revoked: "not-requested",
    },
    deny: {
      requested: "denied",
      approved: "not-requested",
      active: "not-requested",
      denied: "not-requested",
      withdrawn: "not-requested",
      expired: "not-requested",
      revoked: "not-requested",
    },
    withdraw: {
      requested: "withdrawn",
      approved: "not-requested",
      active: "not-requested",
      denied: "not-requested",
      withdrawn: "not-requested",
      expired: "not-requested",
      revoked: "not-requested",
    },
    revoke: {
      requested: "not-in-force",
      approved: "revoked",
      active: "revoked",
      denied: "not-in-force",
      withdrawn: "not-in-force",
      expired: "not-in-force",
      revoked: "not-in-force",
    },
  };
  const cases = Object.keys(acts).flatMap((act) =>
    overrideStatuses.map((status) => [act, status, table[act]![status]] as const),
  );

  it.each(cases)("%s what is %s: %s", (act, status, outcome) => {
    const transition = acts[act]!(inState[status]);
    expect(transition.ok ? transition.next.status : transition.rejection.why).toBe(outcome);
  });
  it.each<[OverrideStatus, string | null]>([
    ["approved", "pia"],
    ["active", "pia"],
    ["denied", "pia"],
    ["withdrawn", "olga"],
    ["expired", "pia"],
    ["revoked", "pia"],
  ])("who comes too late to what is %s is told that, and who was first: %s", (status, byId) => {
    expect(refused(approve(inState[status], now))).toEqual({ why: "not-requested", status, byId });
  });
});

it.each<[OverrideStatus, string | null]>([
  ["requested", null],
  ["denied", "pia"],
  ["withdrawn", "olga"],
  ["expired", null],
  ["revoked", "omar"],
])("who wants to end what is %s is told whose doing that was: %s", (status, byId) => {
  expect(refused(decideRevocation(inState[status], { personId: "pete", now: at(20), reason: "Gone." }))).toEqual({
    why: "not-in-force",
    status,
    byId,
  });
});

describe("a request", () => {
  const ask = (change = {}, ttlSeconds = day) =>
    decideRequest({ ...draft, ...change }, { ttlSeconds, consultMinutes: 15, warnMinutes: 10, now: T0 });

  it("opens the consultation, stands until its deadline, and is nobody's decision yet", () => {
    expect(done(ask())).toMatchObject({
      status: "requested",
      version: 1,
      requestedAt: T0,
      requestedSeconds: 7200,
      decideBy: at(30),
      consultUntil: at(15),
      nextAt: at(30, 1),
      decidedById: null,
      decidedAt: null,
      expiresAt: null,
      endedAt: null,
    });
  });
  it.each<[number, number, OverrideRejection | null]>([
    [60, day, null],
    [59, day, { why: "bad-validity", least: 60, most: day }],
    [day, day, null],
    [day + 1, day, { why: "bad-validity", least: 60, most: day }],
    [604_800, 604_800, null],
    [604_801, 9_999_999, { why: "bad-validity", least: 60, most: 604_800 }],
    [60, 60, null],
    [61, 60, { why: "bad-validity", least: 60, most: 60 }],
    [90.5, day, { why: "bad-validity", least: 60, most: day }],
    [0, day, { why: "bad-validity", least: 60, most: day }],
    [-7200, day, { why: "bad-validity", least: 60, most: day }],
    [Number.NaN, day, { why: "bad-validity", least: 60, most: day }],
  ])("for %d s, where the setting allows %d", (seconds, ttl, why) => {
    expect(refused(ask({ seconds }, ttl))).toEqual(why);
  });
  it("without substance is refused", () => {
    expect(refused(ask({ justification: "a".repeat(100) }))).toEqual({ why: "no-substance" });
  });
});

describe("the consultation", () => {
  const advised = done(
    decideAdvice(requested(), { personId: "sam", now: at(3), text: "Rather not.", inFavour: false }),
  );

  it.each<[string, Override, Date, boolean]>([
    ["at the request", requested(), T0, true],
    ["just before its window has passed", requested(), at(15, -1), true],
    ["when it has passed", requested(), at(15), false],
    ["once advice was given", advised, at(3), false],
  ])("%s is open: %s", (_, override, now, open) => {
    expect(isConsultationOpen(override, now, { personId: "pia", forId: null })).toBe(open);
  });
  it.each<[string, (now: Date, change?: object) => OverrideTransition]>([
    ["approving", (now, change) => approve(requested(), now, change)],
    ["denying", (now, change) => deny(requested(), now, change)],
  ])("%s before it is over needs a reason, which is kept", (_, decide) => {
    expect(refused(decide(at(15, -1)))).toEqual({ why: "consultation-open", until: at(15) });
    expect(refused(decide(at(15, -1), { withoutConsultation: "" }))).toEqual({
      why: "consultation-open",
      until: at(15),
    });
    expect(done(decide(at(15, -1), { withoutConsultation: "Production is down." })).withoutConsultation).toBe(
      "Production is down.",
    );
  });
  it("that is over needs none, and none is kept", () => {
    expect(
      done(approve(requested(), at(15), { withoutConsultation: "Production is down." })).withoutConsultation,
    ).toBeNull();
    expect(done(deny(advised, at(4), { withoutConsultation: "No time." })).withoutConsultation).toBeNull();
  });
  it("takes later advice for the advice, and none of who asked", () => {
    expect(
      done(decideAdvice(advised, { personId: "sia", now: at(9), text: "Fine now.", inFavour: true })),
    ).toMatchObject({ advisedById: "sia", advisedAt: at(9), advice: "Fine now.", adviceInFavour: true });
    expect(
      refused(decideAdvice(requested(), { personId: "olga", now: at(3), text: "Do it.", inFavour: true })),
    ).toEqual({ why: "own-advice" });
  });
  /** Sam advised and may decide, also as a delegate; Sia is of Security, too. */
  it.each<[string, { advisedById: string; personId: string; forId: string | null }, boolean]>([
    ["somebody else", { advisedById: "sam", personId: "pia", forId: null }, true],
    [
      "somebody else than the delegate and whom they stand in for",
      { advisedById: "sia", personId: "sam", forId: "pia" },
      true,
    ],
    ["who decides", { advisedById: "pia", personId: "pia", forId: null }, false],
    ["the delegate who decides", { advisedById: "sam", personId: "sam", forId: "pia" }, false],
    ["who gave the delegation", { advisedById: "pia", personId: "sam", forId: "pia" }, false],
    ["who asked", { advisedById: "olga", personId: "pia", forId: null }, false],
  ])("advised by %s is answered for the decider: %s", (_, { advisedById, ...decider }, answered) => {
    const override = requested({ advisedById, advisedAt: at(3), advice: "Fine.", adviceInFavour: true });
    expect(isConsultationOpen(override, at(4), decider)).toBe(!answered);
    expect(isConsultationOpen(override, at(15), decider)).toBe(false);
    for (const decide of [approve, deny]) {
      expect(refused(decide(override, at(4), decider))).toEqual(
        answered ? null : { why: "consultation-open", until: at(15) },
      );
      const reasoned = done(decide(override, at(4), { ...decider, withoutConsultation: "Production is down." }));
      expect(reasoned.withoutConsultation).toBe(answered ? null : "Production is down.");
    }
  });
  it("may be answered after its window, and after the deadline, which is then called", () => {
    expect(decideAdvice(requested(), { personId: "sam", now: at(31), text: "Fine.", inFavour: true })).toMatchObject({
      ok: true,
      overdue: [{ do: "overdue", lateMs: 60_000 }],
      next: { status: "requested", overdueAt: at(31) },
    });
  });
});

describe("separation of duties is about people", () => {
  it.each<[string, { personId: string; forId: string | null }, OverrideRejection | null]>([
    ["who is accountable", { personId: "pia", forId: null }, null],
    ["who asked", { personId: "olga", forId: null }, { why: "own-request" }],
    ["who asked, in somebody's place", { personId: "olga", forId: "pia" }, { why: "own-request" }],
    ["a delegate of who asked", { personId: "sam", forId: "olga" }, { why: "own-request" }],
    ["a delegate of somebody else", { personId: "sam", forId: "pia" }, null],
  ])("%s", (_, decider, why) => {
    expect(refused(approve(requested(), at(20), decider))).toEqual(why);
    expect(refused(deny(requested(), at(20), decider))).toEqual(why);
  });
  it("keeps both names of a delegate's decision", () => {
    expect(done(approve(requested(), at(20), { personId: "sam", forId: "pia" }))).toMatchObject({
      decidedById: "sam",
      decidedForId: "pia",
    });
  });
  it("lets only who asked take a request back", () => {
    expect(refused(decideWithdrawal(requested(), { personId: "pia", now: at(1) }))).toEqual({ why: "not-yours" });
  });
});

describe("an approval", () => {
  it("begins when it is given, for the time that it says", () => {
    expect(done(approve(requested(), at(20), { seconds: 600 }))).toMatchObject({
      status: "approved",
      decidedAt: at(20),
      decidedById: "pia",
      decidedForId: null,
      decisionNote: "Checked.",
      approvedSeconds: 600,
      expiresAt: at(30),
      contentHash: hash,
      nextAt: at(25),
      endedAt: null,
    });
  });
  it.each<[number, number, number | null]>([
    [60, day, null],
    [59, day, 7200],
    [7200, day, null],
    [7201, day, 7200],
    [3600, 3600, null],
    [3601, 3600, 3600],
    [600.5, day, 7200],
  ])("for %d s of the 7200 asked, where the setting allows %d: at most %s", (seconds, ttlSeconds, most) => {
    expect(refused(approve(requested(), at(20), { seconds, ttlSeconds }))).toEqual(
      most && { why: "bad-validity", least: 60, most },
    );
  });
  it("of something else than was shown is refused", () => {
    expect(refused(approve(requested(), at(20), { seenHash: "c".repeat(64) }))).toEqual({ why: "content-changed" });
  });
  it.each<[Date, number]>([
    [at(30, -1), 0],
    [at(30), 0],
    [at(30, 1), 1],
  ])("at %s calls the deadline that has passed, %d times", (now, times) => {
    const transition = approve(requested(), now);
    expect(transition.ok && transition.overdue).toHaveLength(times);
    expect(done(transition).overdueAt).toEqual(times ? now : null);
  });
});

describe("a request after its deadline", () => {
  it("can still be denied and withdrawn, and its lateness is kept", () => {
    expect(deny(requested(), at(40))).toMatchObject({
      ok: true,
      overdue: [{ do: "overdue" }],
      next: { status: "denied", overdueAt: at(40), decidedById: "pia", nextAt: null },
    });
    expect(decideWithdrawal(requested(), { personId: "olga", now: at(40) })).toMatchObject({
      ok: true,
      overdue: [{ do: "overdue" }],
      next: { status: "withdrawn", overdueAt: at(40), endedById: "olga", endedAt: at(40), nextAt: null },
    });
  });
});

describe.each(["approved", "active"] as const)("revoking what is %s", (status) => {
  const revoke = (now: Date) =>
    decideRevocation(approved({ status }), { personId: "omar", now, reason: "The cause is gone." });
  it("ends it at once, by somebody, with a reason", () => {
    expect(done(revoke(at(50)))).toMatchObject({
      status: "revoked",
      endedById: "omar",
      endedAt: at(50),
      endReason: "The cause is gone.",
      nextAt: null,
      expiresAt: at(120),
    });
  });
  it.each<[Date, string]>([
    [at(110), "revoked"],
    [at(120, -1), "revoked"],
    [at(120), "expired"],
    [at(500), "expired"],
  ])("at %s finds it %s", (now, outcome) => {
    const transition = revoke(now);
    expect(transition.ok ? transition.next.status : transition.rejection).toEqual(
      outcome === "revoked" ? "revoked" : { why: "not-in-force", status: "expired", byId: null },
    );
  });
});

describe("what thegent's file holds now", () => {
  it.each<[OverrideStatus, OverrideStatus | null]>([
    ["requested", null],
    ["approved", "active"],
    ["active", null],
    ["denied", null],
    ["withdrawn", null],
    ["expired", null],
    ["revoked", null],
  ])("and is %s here becomes %s", (status, next) => {
    expect(activate(inState[status], at(1))?.status ?? null).toBe(next);
  });
  it.each<[string, Date, Date]>([
    ["at once keeps its clock", at(1), at(110)],
    ["when it should be warned of is due at once", at(110), at(110)],
    ["after that, too", at(115), at(115)],
    ["at its end, too", at(120), at(120)],
    ["long after its end, too", at(500), at(500)],
  ])("%s", (_, now, nextAt) => {
    expect(activate(approved(), now)?.nextAt).toEqual(nextAt);
  });
});

it.each(finalStatuses)("no act leaves %s", (status) => {
  const override = inState[status];
  for (const now of [T0, at(20), at(120), at(5000)]) {
    const tries = [
      decideAdvice(override, { personId: "sam", now, text: "Fine.", inFavour: true }),
      approve(override, now),
      deny(override, now),
      decideWithdrawal(override, { personId: "olga", now }),
      decideRevocation(override, { personId: "omar", now, reason: "Gone." }),
    ];
    expect(tries.every(({ ok }) => !ok)).toBe(true);
  }
});

describe("the settings a request is made under", () => {
  it("stay with it: how long its consultation is open, and how long before its end it is warned of", () => {
    const asked = decideRequest(draft, { ttlSeconds: day, consultMinutes: 3, warnMinutes: 45, now: T0 });
    const { next } = asked as Extract<typeof asked, { ok: true }>;
    expect(next).toMatchObject({ consultUntil: at(3), warnMinutes: 45 });
    const approved = decideApproval(next, by(at(3), { seconds: 7200 }));
    expect((approved as Extract<typeof approved, { ok: true }>).next.nextAt).toEqual(at(3 + 120 - 45));
  });
});
