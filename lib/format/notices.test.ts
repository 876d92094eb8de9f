import { describe, expect, test } from "vitest";
import { escalationPaths, paths } from "@/lib/domain/escalation/paths";
import { noticeKinds, type Step } from "@/lib/domain/notice/steps";
import { sayNotice, type SaidNotice } from "./notices";

const asOwner: SaidNotice = { step: "opened", kind: "action", path: "policy_denial", role: "product_owner", letter: "A", standsInFor: null };
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
    [{ step: "breach" }, "It missed its SLA, and the breach waits for a sign-off"],
    [{ step: "assigned" }, "It was given to you to work on"],
    [{ step: "returned" }, "Its claim went quiet, so it is back in the queue"],
  ])("%j", (change, happened) => expect(say(change)).toBe(`${happened}: you are asked to act as Product Owner (A).`));
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
  test.each(steps.flatMap((step) => noticeKinds.map((kind) => ({ step, kind }))))("$step, $kind: one plain sentence", ({ step, kind }) => {
    const sentence = say({ step, kind, path });
    expect(sentence).toMatch(/^[A-Z][^.\n<>*_`]+\.$/);
    expect(sentence.length).toBeLessThan(160);
  });
});
