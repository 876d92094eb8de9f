import { describe, expect, test } from "vitest";
import type { OverrideStep } from "@/lib/areas/override/port";
import { noticeKinds, type NoticeKind, type Step } from "@/lib/kernel/notice/steps";
import { escalationPaths, paths } from "@/lib/model/paths";
import { sayNotice, type SaidNotice } from "./words";

const asOwner: SaidNotice = {
  step: "opened",
  kind: "action",
  path: "policy_denial",
  role: "product_owner",
  letter: "A",
  standsInFor: null,
};
const say = (change: Partial<SaidNotice>) => sayNotice({ ...asOwner, ...change });

describe("what happened", () => {
  test.each<[Partial<SaidNotice>, string]>([
    [{ step: "opened" }, "A run is blocked by policy"],
    [{ step: "opened", path: "contract_drift" }, "Contract drift was found"],
    [{ step: "opened", path: "integrity" }, "The audit chain or its verification failed"],
    [{ step: "opened", path: "incident" }, "An incident was opened"],
    [{ step: "raised-1" }, "Escalated to level 1"],
    [{ step: "raised-2", path: "incident" }, "Escalated to level 2"],
    [{ step: "missed-resolve" }, "Past its SLA, the clock “resolve” ran out"],
    [{ step: "missed-first response", path: "incident" }, "Past its SLA, the clock “first response” ran out"],
    [{ step: "missed-root cause", path: "integrity" }, "Past its SLA, the clock “root cause” ran out"],
    [{ step: "assigned" }, "It was given to you to work on"],
    [{ step: "returned" }, "Its claim went quiet, so it is back in the queue"],
  ])("%j", (change, happened) => expect(say(change)).toBe(`${happened}: you are asked to act as Product Owner (A).`));
});

test("a breach is told as what it asks: the sign-off", () => {
  expect(say({ step: "breach" })).toBe("It missed its SLA: its breach waits for your sign-off as Product Owner (A).");
});

const overrideSteps = [
  "override-requested",
  "override-overdue",
  "override-approved",
  "override-denied",
  "override-ending",
  "override-expired",
  "override-revoked",
] as const satisfies readonly OverrideStep[];

describe("of an override", () => {
  const ofOverride = (step: OverrideStep, kind: NoticeKind) =>
    say({
      step,
      kind,
      path: null,
      ...(
        {
          action: { role: "operator", letter: "R" },
          consult: { role: "security", letter: "C" },
          informed: { role: "tech_lead", letter: "I" },
        } as const
      )[kind],
    });

  test.each<[OverrideStep, NoticeKind, string]>([
    ["override-requested", "action", "An override was asked for: you are asked to decide it as Operator (R)."],
    ["override-requested", "consult", "An override was asked for: your advice is asked as Security/Compliance (C)."],
    ["override-requested", "informed", "An override was asked for: this is for you to know as Tech Lead (I)."],
    [
      "override-overdue",
      "action",
      "Nobody decided on an override by its deadline: you are asked to decide it as Operator (R).",
    ],
    ["override-approved", "action", "An override was approved: you are told that your request passes as Operator (R)."],
    ["override-approved", "informed", "An override was approved: this is for you to know as Tech Lead (I)."],
    [
      "override-denied",
      "action",
      "An override was denied: you are told that your request does not pass as Operator (R).",
    ],
    [
      "override-denied",
      "consult",
      "An override was denied: this is what became of the request you were consulted on as Security/Compliance (C).",
    ],
    ["override-ending", "action", "An override ends soon: you may ask for a renewal as Operator (R)."],
    [
      "override-expired",
      "action",
      "An override reached its end: you are asked to justify it again if it is still needed as Operator (R).",
    ],
    [
      "override-revoked",
      "informed",
      "An override was ended before its time: this is for you to know as Tech Lead (I).",
    ],
  ])("%s, %s", (step, kind, says) => expect(ofOverride(step, kind)).toBe(says));

  test("every step says something of its own to every kind of reader", () => {
    const all = overrideSteps.flatMap((step) => noticeKinds.map((kind) => ofOverride(step, kind)));
    expect(new Set(all).size).toBe(all.length);
    for (const says of all) expect(says).toMatch(/^[A-Z].*: .* as .*\([RCI]\)\.$/);
  });
});

describe("what it asks of the reader", () => {
  test.each<[Partial<SaidNotice>, string]>([
    [{ role: "operator", letter: "R" }, "you are asked to act as Operator (R)."],
    [{ kind: "consult", role: "security", letter: "C" }, "your advice is asked as Security/Compliance (C)."],
    [{ kind: "informed", role: "tech_lead", letter: "I" }, "this is for you to know as Tech Lead (I)."],
    [
      { kind: "consult", role: "security", letter: "C", standsInFor: "product_owner" },
      "your advice is asked as Security/Compliance (C), in place of the Product Owner, as nobody is on duty as that.",
    ],
    [
      { kind: "action", role: "tech_lead", letter: "R", standsInFor: "operator" },
      "you are asked to act as Tech Lead (R), in place of the Operator, as nobody is on duty as that.",
    ],
  ])("%j", (change, ask) => expect(say(change)).toBe(`A run is blocked by policy: ${ask}`));
});

const missed = escalationPaths.flatMap((path) => paths[path].clocks.map(({ name }): Step => `missed-${name}`));
const steps: Step[] = ["opened", "raised-1", "raised-3", "breach", "assigned", "returned", ...new Set(missed)];

describe.each(escalationPaths)("of %s", (path) => {
  test.each(steps.flatMap((step) => noticeKinds.map((kind) => ({ step, kind }))))(
    "$step, $kind: one plain sentence",
    ({ step, kind }) => {
      const sentence = say({ step, kind, path });
      expect(sentence).toMatch(/^[A-Z][^.\n<>*_`]+\.$/);
      expect(sentence.length).toBeLessThan(160);
    },
  );
});
