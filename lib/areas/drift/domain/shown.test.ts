import { describe, expect, it } from "vitest";
import type { BudgetStatus } from "./drift";
import type { Finding } from "./episodes";
import { differences, sayShown, shownOf, type Shown } from "./shown";
import { shownHash } from "./shown-hash";

const all = { contract: null, provider: null };
const codex = { contract: null, provider: "codex" };
const budget = (structural: number, semantic = 1) => ({
  ok: true as const,
  value: { structural_rate_pct: structural, semantic_rate_pct: semantic } as BudgetStatus,
});
const over: Finding = { ...all, what: "structural", says: "structural drift" };
const worse = { provider: "codex", what: "fallback" as const, before: 0.1, now: 0.6, says: "Provider codex …" };
const facts = {
  findings: [over, { ...codex, what: "fallback" as const, says: "x" }],
  budget: budget(7.21),
  regressions: { ok: true as const, value: [worse] },
  denied: 2,
};

describe("what a decision is bound to", () => {
  it("is what is found of its own subject, with the rates in whole per cents", () => {
    expect(shownOf(all, facts)).toEqual({
      found: ["structural"],
      structural: 7,
      semantic: 1,
      exceeded: ["structural"],
      regressions: [],
      denied: 2,
    });
    expect(shownOf(codex, facts)).toMatchObject({
      found: ["fallback"],
      exceeded: [],
      regressions: [{ what: "fallback", before: 10, now: 60 }],
    });
  });

  it("is the same after a line more that changes no mind, and another after one that does", () => {
    const before = shownHash(shownOf(all, facts));
    expect(shownHash(shownOf(all, { ...facts, budget: budget(7.2) }))).toBe(before);
    for (const moved of [{ budget: budget(8.2) }, { denied: 3 }, { findings: [] }, { findings: null }])
      expect(shownHash(shownOf(all, { ...facts, ...moved }))).not.toBe(before);
  });

  it.each([
    [0.87, 0.64, { before: 9, now: 6 }, "Confidence 0.9, now 0.6"],
    [Infinity, 0.64, { before: 1_000_000, now: 6 }, "Confidence 100000.0, now 0.6"],
    [0.9, -1e300, { before: 9, now: -1_000_000 }, "Confidence 0.9, now -100000.0"],
  ])("has a confidence that fell from %d to %d in tenths, which the chain keeps", (before, now, figures, says) => {
    const fell = { provider: "codex", what: "confidence" as const, before, now, says: "Provider codex …" };
    const shown = shownOf(codex, { ...facts, regressions: { ok: true, value: [fell] } });
    expect(shown.regressions).toEqual([{ what: "confidence", ...figures }]);
    expect(sayShown(shown)).toContain(says);
    expect(shownHash(shown)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("says that the figures cannot be had", () => {
    const failing = { ok: false as const, because: "line 3" };
    const shown = shownOf(all, { findings: null, budget: failing, regressions: failing, denied: 0 });
    expect(shown).toMatchObject({ found: ["unknown"], structural: null, exceeded: [] });
    expect(sayShown(shown).join()).toContain("not known");
  });
});

describe("what is different", () => {
  const seen: Shown = shownOf(all, facts);
  it.each<[string, Partial<Shown>, RegExp]>([
    ["found, too", { found: ["semantic", "structural"] }, /^Now found, too: semantic/],
    ["gone", { found: [] }, /^Not found any more: structural/],
    ["a rate", { structural: 9 }, /about 7 %, now about 9 %/],
    ["runs", { denied: 5 }, /2, now 5/],
  ])("%s is told in a sentence", (_, change, says) => {
    expect(differences(seen, { ...seen, ...change })).toEqual([expect.stringMatching(says)]);
  });
  it("is nothing where nothing is", () => expect(differences(seen, seen)).toEqual([]));
  it("of what got worse is told with what it was before", () => {
    const was = shownOf(codex, facts);
    const regressions = [{ what: "fallback" as const, before: 10, now: 80 }];
    expect(differences(was, { ...was, regressions })).toEqual(["Fallbacks: 60 %, now 80 % (before it: 10 %)"]);
  });
});
