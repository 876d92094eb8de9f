import { describe, expect, test } from "vitest";
import { listQuerySchema, type Facets, type ListQuery } from "@/lib/areas/escalation/contract";
import { listParameters } from "@/lib/areas/escalation/queries/list-parameters";
import { row } from "./fixtures";
import {
  builtInViews,
  choicesOf,
  chosenFacets,
  cleared,
  isNarrowed,
  seenFacets,
  viewName,
  viewQuery,
} from "./queue-view";

const base: ListQuery = { state: "active", sort: "due" };
const counted: Facets = {
  path: [
    { value: "policy_denial", count: 1200 },
    { value: "integrity", count: 0 },
  ],
  sla: [
    { value: "past", count: 3 },
    { value: "within", count: 9 },
  ],
  priority: [{ value: 5, count: 2 }],
  lane: [{ value: "critical", count: 4 }],
  owner: [],
  level: [
    { value: 0, count: 7 },
    { value: 1, count: 5 },
  ],
  claim: [{ value: "mine", count: 0 }],
};

describe("the choices of a facet", () => {
  test("say how many items they would show, none too", () => {
    expect(choicesOf("path", counted, true, undefined)).toEqual([
      { value: "policy_denial", label: "Denial (1,200)" },
      { value: "integrity", label: "Integrity (0)" },
    ]);
    expect(choicesOf("level", counted, true, undefined).map(({ label }) => label)).toEqual([
      "Not raised (7)",
      "Level 1 (5)",
    ]);
    expect(choicesOf("claim", counted, true, undefined)).toEqual([{ value: "mine", label: "Mine (0)" }]);
  });
  test("hold what was chosen, also when nobody counts it any more", () => {
    expect(choicesOf("owner", counted, true, "gone:shop")).toEqual([{ value: "gone:shop", label: "gone:shop (0)" }]);
    expect(choicesOf("priority", counted, true, 5)).toHaveLength(1);
  });
  test("say no number where nothing is counted", () =>
    expect(choicesOf("lane", {}, false, "critical")).toEqual([{ value: "critical", label: "critical" }]));
});

test("where nothing is counted, lanes and owners are those of the rows", () => {
  const seen = seenFacets([row, { ...row, lane: "b" }, { ...row, lane: "a", owner: null }]);
  expect(seen.lane.map(({ value }) => value)).toEqual(["a", "b", "critical"]);
  expect(seen.owner.map(({ value }) => value)).toEqual([row.owner]);
  expect(seen.path).toHaveLength(4);
});

describe("what narrows", () => {
  test("order, columns and place do not", () => {
    expect(isNarrowed({ ...base, sort: "-level", columns: ["who"], after: "abc" })).toBe(false);
    expect(chosenFacets({ ...base, state: "breaches", path: "integrity", level: 0, priority: 0 })).toEqual([
      "path",
      "priority",
      "level",
    ]);
  });
  test("is taken away at once, and nothing else", () =>
    expect(cleared({ ...base, sort: "newest", lane: "a", level: 0, columns: ["who"], after: "x" })).toEqual({
      state: "active",
      sort: "newest",
      columns: ["who"],
    }));
});

describe("views", () => {
  test.each(builtInViews)("$name has the address the page would write", ({ query }) => {
    expect(listParameters(listQuerySchema.parse(Object.fromEntries(new URLSearchParams(query))))).toBe(query);
  });
  test("a view is named whatever the place in its list", () => {
    expect(viewName({ ...base, after: "abc" })).toBe("All open");
    expect(viewName({ ...base, sla: "past", before: "abc" })).toBe("Past SLA");
    expect(viewName({ ...base, sort: "newest" })).toBeNull();
  });
  test("kept ones too, built-in ones first", () => {
    const kept = (name: string, query: string) => ({
      id: name,
      name,
      query,
      shared: false,
      mine: true,
      by: "Maya Okafor",
    });
    expect(viewName({ ...base, lane: "b" }, [kept("My b", "lane=b")])).toBe("My b");
    expect(viewName(base, [kept("Everything", "")])).toBe("All open");
    expect(viewQuery({ ...base, lane: "b", after: "x" })).toBe("lane=b");
  });
});
