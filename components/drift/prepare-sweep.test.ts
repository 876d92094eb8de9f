import { describe, expect, it } from "vitest";
import type { PartVerdict, SweepResult } from "@/lib/areas/drift/domain/sweep-result";
import { preparePart, sayBy, sayDue, signOf, signOfPart } from "./prepare-sweep";

const result = (audit: PartVerdict): SweepResult => {
  const ok = { verdict: "ok" as const, count: 0, says: [] };
  return { drift: ok, budget: ok, past_sla: ok, audit: { verdict: audit, count: 0, says: [] } };
};

describe("a sweep in words", () => {
  it.each<[PartVerdict, string, string]>([
    ["ok", "green", "Nothing found"],
    ["found", "red", "Something was found"],
    ["unknown", "amber", "Not everything could be looked at"],
  ])("that is %s is said and shown so, and as of then once it is old", (verdict, tone, says) => {
    expect(signOf(result(verdict), false)).toMatchObject({ tone, says });
    expect(signOf(result(verdict), true)).toMatchObject({
      tone: "amber",
      says: `Not known now; then: ${says.toLowerCase()}`,
    });
  });

  it("counts what a part found, past SLA as far as thegent does, and says what is not listed", () => {
    const late = { verdict: "found" as const, count: 100, says: ["a", "b"] };
    expect(signOfPart("past_sla", late).says).toBe("100 or more found");
    expect(preparePart("past_sla", late).more).toBe("and 98 more");
    expect(preparePart("past_sla", { ...late, count: 2 }).more).toBeNull();
    expect(preparePart("drift", { verdict: "found", count: 4, says: ["a", "b", "c", "d"] })).toEqual({
      says: ["a", "b", "c"],
      more: "and 1 more",
    });
    expect(signOfPart("audit", { verdict: "unknown", count: 0, says: ["It is a link."] }).says).toBe(
      "Could not be looked at",
    );
  });

  it("says who asked, and when the next comes", () => {
    expect([sayBy(null), sayBy("Olga")]).toEqual(["on schedule", "by Olga"]);
    const due = "2026-03-01T10:00:00.000Z";
    expect(sayDue(due, 60, Date.parse(due) - 90_000)).toBe("every 1 h, the next in 1m 30s");
    expect(sayDue(due, 60, Date.parse(due))).toBe("every 1 h, the next one is due now");
  });
});
