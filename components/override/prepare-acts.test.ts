import { describe, expect, test } from "vitest";
import type { OverrideAct, OverrideDetail } from "@/lib/areas/override/contract";
import type { MayDo } from "@/lib/kernel/contract";
import { blockOf, endAfter, formsFor, isTyped, refusalsOf, sayApproved } from "./prepare-acts";

const yes = { allowed: true, as: "product_owner", letter: "A" } as const;
const never: MayDo = { allowed: false, because: "It is not yours.", whoCan: [] };
const none: OverrideDetail["may"] = { advise: never, decide: never, withdraw: never, revoke: never, renew: never };
const me = { id: "me", name: "Me" };
const paula = { id: "paula", name: "Paula Owner" };

const detailOf = (change: Partial<OverrideDetail>) => ({ status: "requested", decidedBy: null, endedBy: null, may: none, ...change }) as OverrideDetail;

describe("the forms a person has", () => {
  test.each<[Partial<Record<OverrideAct, typeof yes>>, string[]]>([
    [{}, []],
    [{ decide: yes }, ["approve", "deny"]],
    [{ advise: yes }, ["advise"]],
    [{ withdraw: yes }, ["withdraw"]],
    [{ revoke: yes, renew: yes }, ["revoke", "renew"]],
  ])("with %j", (may, names) => expect(formsFor({ may: { ...none, ...may } }, {})).toEqual(names));

  test("one that holds words stays, whatever became of the override", () => expect(formsFor({ may: none }, { approve: { note: "I was about to" }, deny: { note: " " } })).toEqual(["approve"]));
});

test.each([
  [{ status: "approved", decidedBy: paula }, "Approved; thegent does not hold it yet, by Paula Owner."],
  [{ status: "denied", decidedBy: me }, "Denied, by you."],
  [{ status: "withdrawn", endedBy: paula }, "Withdrawn, by Paula Owner."],
  [{ status: "expired", endedBy: null }, "Expired."],
] as const)("who was first is said by name: %o", (change, says) => expect(blockOf("approve", detailOf(change), me)).toBe(says));

test("what is theirs is not blocked, and what is not says why", () => {
  expect(blockOf("deny", detailOf({ may: { ...none, decide: yes } }), me)).toBeNull();
  expect(blockOf("revoke", detailOf({ status: "active" }), me)).toBe("It is not yours.");
});

test.each([
  ["requested", [["Approve or deny", "Advise", "Withdraw"]]],
  ["active", [["Revoke", "Renew"]]],
  ["expired", [["Renew"]]],
  ["denied", []],
] as const)("of one that is %s, what a person may not do is named once a reason", (status, names) => expect(refusalsOf({ may: none, status }).map((one) => one.names)).toEqual(names));

test("words count as typed, a choice does not", () => {
  expect(isTyped({ seconds: "60", inFavour: "for" })).toBe(false);
  expect(isTyped({ withoutConsultation: "It burns." })).toBe(true);
});

test("a shorter validity says what was asked for", () => {
  expect(sayApproved({ approvedSeconds: 900, requestedSeconds: 3600 })).toBe("15 min; 1 h were asked for");
  expect(sayApproved({ approvedSeconds: 3600, requestedSeconds: 3600 })).toBe("1 h");
  expect(endAfter(60, Date.parse("2026-02-10T12:00:00.900Z"))).toBe("2026-02-10T12:01:00.000Z");
});
