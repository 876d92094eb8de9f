import { describe, expect, it } from "vitest";
import { measures, sayBoth } from "./prepare-shows";

describe("before and since", () => {
  const sums = { lines: 50, structural: 1, semantic: 0, outputs: 0, fallbacks: 0, successes: 0, confidence: null };
  it("are said beside each other; where there was nothing, or nothing to take a share of, is a dash", () => {
    const says = (id: string) =>
      sayBoth({ name: "x", before: sums, after: null }, measures.find((one) => one.id === id)!.say);
    expect(["lines", "structural", "plain", "confidence"].map(says)).toEqual(["50 → –", "2.0 % → –", "– → –", "– → –"]);
  });
});
