import { describe, expect, test } from "vitest";
import { sayConsultation, sayDecider, sayNextStep, sayOutcome, saySeconds, sayShare, totalRuns } from "./prepare";

const T0 = Date.parse("2026-02-10T12:00:00.000Z");
const minute = 60_000;

test.each([
  [60, "1 min"],
  [90, "1 min 30 s"],
  [900, "15 min"],
  [5400, "1 h 30 min"],
  [86_400, "1 day"],
  [604_800, "7 days"],
  [93_600, "1 day 2 h"],
  [0, "0 s"],
])("%i seconds are said whole", (seconds, says) => expect(saySeconds(seconds)).toBe(says));

describe("the consultation", () => {
  const asked = { status: "requested", advice: null, consultUntil: "2026-02-10T12:15:00.000Z" } as const;
  test.each([
    [asked, T0, "Advice awaited, 15m 00s left"],
    [asked, T0 + 15 * minute, "No advice was given"],
    [{ ...asked, advice: "for" }, T0, "Advised for it"],
    [{ ...asked, advice: "against" }, T0, "Advised against it"],
    [{ ...asked, status: "withdrawn" }, T0, "No advice was given"],
  ] as const)("%o", (row, now, says) => expect(sayConsultation(row, now).says).toBe(says));
});

test("what comes next says whose it is", () => {
  const detail = { status: "requested", consultationOpen: true, honoured: false, decidedBy: null } as const;
  expect(sayNextStep(detail)).toBe("Security/Compliance advises, then the Product Owner decides.");
  expect(sayNextStep({ ...detail, consultationOpen: false })).toBe("The Product Owner decides.");
  expect(sayNextStep({ ...detail, status: "revoked", honoured: true })).toMatch(/still honours/);
  expect(sayNextStep({ ...detail, status: "revoked" })).toBe("No more action is needed.");
});

test("a delegate's decision names both", () => {
  const [paula, sam] = [
    { id: "p", name: "Paula Owner" },
    { id: "s", name: "Sam Secure" },
  ];
  expect(sayDecider({ decidedBy: sam, decidedFor: paula })).toBe("Sam Secure for Paula Owner");
  expect(sayOutcome({ status: "denied", decidedBy: paula, decidedFor: null })).toBe("Denied by Paula Owner");
  expect(sayOutcome({ status: "revoked", decidedBy: paula, decidedFor: null })).toBe("Revoked");
});

test("a share says of how many", () => {
  expect(sayShare({ value: 0.25, of: 12 })).toBe("3 of 12 (25 %)");
  expect(sayShare({ value: null, of: 0 })).toBe("none decided yet");
  expect(totalRuns([{ count: 2 }, { count: 5 }])).toBe(7);
});
