import { describe, expect, it } from "vitest";
import { approved, inState } from "@/lib/testing/overrides";
import { aboutOverride, endings, decidedTells, requestedTell, revokedTells, tellsOfOverrideTime } from "./tells";

const activity = "override";
const olga = { personId: "olga" };

describe("who is told of an override", () => {
  it("of a request: who decides, who is consulted, who is informed", () => {
    expect(requestedTell).toEqual({ step: "override-requested", activity, to: { letters: ["A", "C", "I"] } });
  });
  it.each([
    ["approved", "override-approved"],
    ["denied", "override-denied"],
  ] as const)("of its decision (%s): who asked, the consulted and the informed", (status, step) => {
    expect(decidedTells(inState[status])).toEqual([
      { step, activity, to: olga },
      { step, activity, to: { letters: ["C", "I"] } },
    ]);
  });
  it("of an early end: who asked, and all who heard of its beginning", () => {
    expect(revokedTells(inState.revoked)).toEqual([
      { step: "override-revoked", activity, to: olga },
      { step: "override-revoked", activity, to: { letters: ["A", "C", "I"] } },
    ]);
  });
  it.each([
    ["overdue", { step: "override-overdue", activity, to: { letters: ["A"] } }],
    ["warn", { step: "override-ending", activity, to: olga }],
    ["expire", { step: "override-expired", activity, to: olga }],
  ] as const)("of what time does: %s", (what, tell) => {
    expect(tellsOfOverrideTime([{ do: what, lateMs: 0 }], approved())).toEqual([tell]);
  });
  it("nobody of nothing", () => {
    expect(tellsOfOverrideTime([], approved())).toEqual([]);
  });
});

it("advice ends the consultation, a decision all that was asked, an end everything", () => {
  const everybody = { only: null, but: null, role: null };
  expect(endings).toEqual({
    advice: { ...everybody, kinds: ["consult"] },
    decision: { ...everybody, kinds: ["action", "consult"] },
    end: { ...everybody, kinds: ["action", "consult", "informed"] },
  });
});

it("only a deadline that passed is urgent, and never held back", () => {
  const { isUrgent } = aboutOverride(approved());
  const steps = [
    "override-requested",
    "override-overdue",
    "override-approved",
    "override-denied",
    "override-ending",
    "override-expired",
    "override-revoked",
  ] as const;
  expect(steps.filter(isUrgent)).toEqual(["override-overdue"]);
});
