import { describe, expect, it } from "vitest";
import { episodeStatuses, isOpen, type EpisodeStatus } from "./episodes";
import {
  asksFor,
  decideAnswer,
  decideFinish,
  decideInvestigate,
  decideReview,
  type Reviewed,
  type ReviewTransition,
} from "./review";
import type { Shown } from "./shown";

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 9) + minutes * 60_000);
const shown: Shown = {
  found: ["structural"],
  structural: 7,
  semantic: 1,
  exceeded: ["structural"],
  regressions: [],
  denied: 2,
};
const untouched: Omit<Reviewed, "status"> = {
  decision: null,
  note: null,
  evidence: [],
  shown: null,
  shownHash: null,
  reviewedById: null,
  reviewedAt: null,
  acceptDays: null,
  answer: null,
  answeredById: null,
  answeredAt: null,
  answerNote: null,
  acceptedUntil: null,
};
const episode = (status: EpisodeStatus, fields: Partial<Reviewed> = {}): Reviewed => ({
  ...untouched,
  status,
  ...fields,
});
const asked = (decision: "accept" | "adapter_change", status: EpisodeStatus = "investigating") =>
  episode(status, { decision, reviewedById: "tess", reviewedAt: at(1), acceptDays: decision === "accept" ? 7 : null });

const review = {
  personId: "tess",
  now: at(10),
  note: "Seen.",
  evidence: [],
  days: null,
  seenHash: "h",
  shown,
  shownHash: "h",
};
const answer = { personId: "pia", now: at(20), note: "Agreed.", seenHash: "h", shown, shownHash: "h" };

type Moves = Record<
  string,
  { does: (status: EpisodeStatus) => ReviewTransition; may: Partial<Record<EpisodeStatus, EpisodeStatus>> }
>;
const moves: Moves = {
  investigate: {
    does: (status) => decideInvestigate(episode(status)),
    may: { detected: "investigating", investigating: "investigating" },
  },
  remediate: {
    does: (status) => decideReview(episode(status), { ...review, decision: "remediate" }),
    may: { investigating: "remediating", remediating: "remediating" },
  },
  "require a change of the adapter": {
    does: (status) => decideReview(episode(status), { ...review, decision: "adapter_change" }),
    may: { investigating: "remediating", remediating: "remediating" },
  },
  "ask that it is accepted": {
    does: (status) => decideReview(episode(status), { ...review, decision: "accept", days: 7 }),
    may: { investigating: "investigating", remediating: "remediating" },
  },
  "call it a false alarm": {
    does: (status) => decideReview(episode(status), { ...review, decision: "false_alarm" }),
    may: { investigating: "dismissed", remediating: "dismissed" },
  },
  finish: { does: (status) => decideFinish(episode(status)), may: { remediating: "remediated" } },
  "approve that it is accepted": {
    does: (status) => decideAnswer(asked("accept", status), { ...answer, asks: "accept", answer: "approved" }),
    may: { investigating: "accepted", remediating: "accepted" },
  },
  "decline that it is accepted": {
    does: (status) => decideAnswer(asked("accept", status), { ...answer, asks: "accept", answer: "declined" }),
    may: { investigating: "investigating", remediating: "remediating" },
  },
  "approve the change": {
    does: (status) =>
      decideAnswer(asked("adapter_change", status), { ...answer, asks: "adapter_change", answer: "approved" }),
    may: { investigating: "investigating", remediating: "remediating" },
  },
  "decline the change": {
    does: (status) =>
      decideAnswer(asked("adapter_change", status), { ...answer, asks: "adapter_change", answer: "declined" }),
    may: { investigating: "investigating", remediating: "remediating" },
  },
};

describe("what people do to an episode", () => {
  const cases = Object.entries(moves).flatMap(([move, { does, may }]) =>
    episodeStatuses.map((from) => [move, from, may[from] ?? null, does] as const),
  );
  it.each(cases)("%s from %s leads to %s", (_, from, to, does) => {
    if (to) expect(does(from)).toMatchObject({ ok: true, next: { status: to } });
    else
      expect(does(from)).toEqual({
        ok: false,
        rejection: { why: isOpen({ status: from }) ? "not-from-here" : "already-ended", status: from },
      });
  });
});

const why = (transition: ReviewTransition) => (transition.ok ? null : transition.rejection.why);

describe("a review", () => {
  it("keeps what it was decided on, by whom, and asks who is accountable where it must", () => {
    const decided = decideReview(episode("investigating"), { ...review, decision: "accept", days: 7 });
    if (!decided.ok) throw new Error(decided.rejection.why);
    expect(decided.next).toMatchObject({
      decision: "accept",
      shown,
      shownHash: "h",
      reviewedById: "tess",
      acceptDays: 7,
    });
    expect([asksFor(decided.next), decided.next.acceptedUntil]).toEqual(["accept", null]);
    expect(asksFor({ decision: "remediate", answer: null })).toBe(null);
  });

  it("is refused where what was shown is not what is true now", () => {
    expect(why(decideReview(episode("investigating"), { ...review, decision: "remediate", seenHash: "old" }))).toBe(
      "shown-changed",
    );
  });

  it.each([null, 0, 31, 1.5, Number.NaN])("accepts nothing for %s days", (days) => {
    expect(why(decideReview(episode("investigating"), { ...review, decision: "accept", days }))).toBe("bad-days");
  });

  it("takes the place of the one before, and of what that asked for and was answered", () => {
    const declined = episode("remediating", {
      ...asked("adapter_change"),
      status: "remediating",
      answer: "declined",
      answeredById: "pia",
    });
    const again = decideReview(declined, { ...review, decision: "remediate" });
    expect(again).toMatchObject({ ok: true, next: { decision: "remediate", answer: null, answeredById: null } });
  });
});

describe("the answer of who is accountable", () => {
  const approve = { ...answer, asks: "accept", answer: "approved" } as const;

  it("accepts from now on, for the days that were asked for, what the approver saw", () => {
    const until = new Date(at(20).getTime() + 7 * 86_400_000);
    expect(decideAnswer(asked("accept"), approve)).toMatchObject({
      next: { status: "accepted", acceptedUntil: until, answer: "approved", shown, shownHash: "h" },
    });
  });

  it("is never of who asked, whichever it is", () => {
    for (const given of ["approved", "declined"] as const)
      expect(why(decideAnswer(asked("accept"), { ...approve, answer: given, personId: "tess" }))).toBe("own-request");
  });

  it("is given once, and to what was asked", () => {
    const answered = { ...asked("adapter_change", "remediating"), answer: "approved", answeredById: "paul" } as const;
    expect(why(decideAnswer(answered, { ...answer, asks: "adapter_change", answer: "declined" }))).toBe(
      "already-answered",
    );
    expect(why(decideAnswer(asked("adapter_change"), approve))).toBe("nothing-asked");
    expect(why(decideAnswer(episode("investigating"), approve))).toBe("nothing-asked");
  });

  it("in favour is bound to what is true now; a refusal is bound to nothing", () => {
    expect(why(decideAnswer(asked("accept"), { ...approve, seenHash: "old" }))).toBe("shown-changed");
    expect(decideAnswer(asked("accept"), { ...approve, answer: "declined", seenHash: null })).toMatchObject({
      ok: true,
      next: { status: "investigating", answer: "declined", acceptedUntil: null },
    });
  });
});

it("a remediation ends only once what it asked for was answered", () => {
  expect(why(decideFinish(asked("adapter_change", "remediating")))).toBe("unanswered");
  expect(decideFinish({ ...asked("adapter_change", "remediating"), answer: "declined" })).toMatchObject({ ok: true });
});
