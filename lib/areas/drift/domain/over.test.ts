import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "@/lib/testing/rounds";
import type { DriftKind } from "@/lib/thegent/records/telemetry-event";
import { neverOver, nextOverSince } from "./over";
import type { BudgetMark, Counted } from "./sums";

const budgets = { structural: 5, semantic: 10 };
const item = (drift: DriftKind | null, line: number): Counted => ({
  line,
  drift,
  fallback: false,
  success: true,
  confidence: 1,
});

/** Line by line, each window counted anew. */
function slowly(marks: readonly (DriftKind | null)[], limit: number) {
  const since: Record<DriftKind, number | null> = { structural: null, semantic: null };
  marks.forEach((_, index) => {
    const window = marks.slice(Math.max(0, index + 1 - limit), index + 1);
    for (const kind of ["structural", "semantic"] as const) {
      const isOver = (window.filter((mark) => mark === kind).length / window.length) * 100 > budgets[kind];
      since[kind] = isOver ? (since[kind] ?? index + 1) : null;
    }
  });
  return since;
}

describe("since which line drift is over its budget", () => {
  it("is the line that brought it over, and none once it was within again", () => {
    const lines = (...kinds: (DriftKind | null)[]) => kinds.map((kind, index) => item(kind, index + 1));
    const good = Array<null>(19).fill(null);
    const since = (...kinds: (DriftKind | null)[]) => nextOverSince(neverOver, [], lines(...kinds), 500, budgets);
    expect(since(...good, "structural")).toEqual(neverOver);
    expect(since(...good, "structural", "structural")).toEqual({ structural: 21, semantic: null });
    expect(since("semantic", ...good)).toEqual(neverOver);
  });

  it("is that of a slow look at each line, however the lines come in", () => {
    const mark = fc.constantFrom<DriftKind | null>(null, null, null, null, "structural", "semantic");
    fc.assert(
      fc.property(
        fc.array(mark, { maxLength: 120 }),
        fc.constantFrom(1, 2, 7, 20, 500),
        fc.integer({ min: 1, max: 30 }),
        (marks, limit, step) => {
          let since = neverOver;
          let window: BudgetMark[] = [];
          for (let from = 0; from < marks.length; from += step) {
            const next = marks.slice(from, from + step);
            since = nextOverSince(
              since,
              window,
              next.map((one, index) => item(one, from + index + 1)),
              limit,
              budgets,
            );
            window = [...window, ...next].slice(-limit);
          }
          expect(since).toEqual(slowly(marks, limit));
        },
      ),
      { numRuns: rounds(300, 20_000) },
    );
  });
});
