import { describe, expect, it } from "vitest";
import {
  auditPart,
  budgetPart,
  driftPart,
  pastSlaPart,
  sayFound,
  unknownPart,
  verdictOf,
  type PartVerdict,
  type SweepResult,
} from "./sweep-result";

const budget = (structural: number, within: boolean) => ({
  ok: true as const,
  value: {
    within_budget: within,
    structural_rate_pct: structural,
    semantic_rate_pct: 0,
    structural_budget_pct: 5,
    semantic_budget_pct: 10,
  },
});
const audit = (status: "passed" | "failed" | "empty", change: object = {}) => ({
  status,
  valid_count: 0,
  corrupt_count: 0,
  chain_broken: false,
  issues: [],
  ...change,
});

describe("a part of a sweep", () => {
  it.each([
    ["no regression", driftPart({ ok: true, value: [] }), "ok", 0, ["Nothing got worse."]],
    ["two regressions", driftPart({ ok: true, value: ["a", "b"] }), "found", 2, ["a", "b"]],
    [
      "a detection that fails",
      driftPart({ ok: false, because: "line 3 has null for a confidence" }),
      "unknown",
      0,
      ["thegent’s own detection of drift fails: line 3 has null for a confidence."],
    ],
    ["a budget kept", budgetPart(budget(5, true)), "ok", 0, ["The budget is kept: structural 5.0 %, semantic 0.0 %."]],
    [
      "a budget exceeded by less than rounding shows",
      budgetPart(budget(5, false)),
      "found",
      1,
      ["Drift budget exceeded: structural 5.0% (budget 5.0%), semantic 0.0% (budget 10.0%)"],
    ],
    ["a budget that fails", budgetPart({ ok: false, because: "x" }), "unknown", 0, ["thegent’s own budget fails: x."]],
    ["nothing past its SLA", pastSlaPart({ ok: true, runs: [] }), "ok", 0, ["Nothing waits past its SLA."]],
    ["a run past its SLA", pastSlaPart({ ok: true, runs: ["run_1"] }), "found", 1, ["run_1"]],
    ["a list that fails", pastSlaPart({ ok: false, because: "Lines 1 and 2 …" }), "unknown", 0, ["Lines 1 and 2 …"]],
    ["no registry", auditPart(audit("empty")), "ok", 0, ["There is no run registry yet."]],
    [
      "a registry that passes",
      auditPart(audit("passed", { valid_count: 1200 })),
      "ok",
      0,
      ["1,200 records of the run registry, whole."],
    ],
    [
      "a registry that is broken and has a corrupt record",
      auditPart(audit("failed", { corrupt_count: 1, chain_broken: true, issues: ["Line 2: …", "Line 3: …"] })),
      "found",
      2,
      [
        "The chain of the run registry is broken.",
        "1 record of the run registry cannot be trusted.",
        "Line 2: …",
        "Line 3: …",
      ],
    ],
    [
      "a registry on which thegent's audit fails",
      auditPart({ status: "unreadable", reason: "It is a directory." }),
      "unknown",
      0,
      ["thegent’s own audit fails: It is a directory."],
    ],
    ["what could not be looked at", unknownPart("It is a link."), "unknown", 0, ["It is a link."]],
  ])("with %s", (_, result, verdict, count, says) => {
    expect(result).toEqual({ verdict, count, says });
  });

  it("keeps a few sentences, cut short between characters, and says how many there were", () => {
    const { count, says } = driftPart({ ok: true, value: [..."abcdefghijkl"].map((one) => one + "😀".repeat(1000)) });
    expect([count, says.length]).toEqual([12, 10]);
    expect(says[0]).toBe(`a${"😀".repeat(299)}…`);
  });

  it("names what the database cannot keep", () => {
    expect(pastSlaPart({ ok: true, runs: ["run\0\ud800"] }).says).toEqual(["run⟨U+0000⟩⟨U+D800⟩"]);
  });

  it("counts past SLA as far as thegent does", () => {
    expect([sayFound("past_sla", 99), sayFound("past_sla", 100), sayFound("drift", 100)]).toEqual([
      "99",
      "100 or more",
      "100",
    ]);
  });
});

describe("the verdict of the whole", () => {
  const of = (...verdicts: PartVerdict[]): SweepResult => {
    const [drift, inBudget, pastSla, audited] = verdicts.map((verdict) => ({ verdict, count: 0, says: [] }));
    return { drift: drift!, budget: inBudget!, past_sla: pastSla!, audit: audited! };
  };
  it.each<[PartVerdict[], PartVerdict]>([
    [["ok", "ok", "ok", "ok"], "ok"],
    [["ok", "ok", "ok", "unknown"], "unknown"],
    [["unknown", "unknown", "unknown", "unknown"], "unknown"],
    [["unknown", "ok", "found", "ok"], "found"],
  ])("of %j is %s", (parts, verdict) => {
    expect(verdictOf(of(...parts))).toBe(verdict);
  });
});
