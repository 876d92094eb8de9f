import { expect, test } from "vitest";
import { listQuerySchema, type ListQuery } from "@/lib/areas/escalation/contract";
import { listAddress, listParameters, rowsQuery } from "./list-parameters";

const base: ListQuery = { state: "active", sort: "due" };

test("the plain queue has the plain address", () => expect(listAddress(base)).toBe("/escalations"));

test("a filter starts from the first page; only a position keeps its place", () => {
  const third: ListQuery = { ...base, lane: "critical", after: "abc" };
  expect(listAddress(third, { sla: "past" })).toBe("/escalations?sla=past&lane=critical");
  expect(listAddress(third, { after: "def" })).toBe("/escalations?lane=critical&after=def");
  expect(listAddress({ ...third, after: undefined, before: "abc" }, { lane: undefined })).toBe("/escalations");
});

test("everything that a query can say survives the way into the address and back", () => {
  const query: Required<ListQuery> = {
    ...{ state: "closed", sort: "-newest", path: "integrity", sla: "past", priority: -3, level: 0, claim: "others" },
    ...{ lane: "a b", owner: "李雷:数据 & =?#%+", columns: ["path", "who"], after: "abc", before: "def" },
  };
  expect(listQuerySchema.parse(Object.fromEntries(new URLSearchParams(listParameters(query))))).toEqual(query);
  expect(Object.keys(query).sort()).toEqual(Object.keys(listQuerySchema.shape).sort());
});

test("no column at all is another view than the usual columns", () => {
  const bare = listParameters({ ...base, columns: [] });
  expect(listQuerySchema.parse(Object.fromEntries(new URLSearchParams(bare)))).toMatchObject({ columns: [] });
  expect(listParameters({ ...base, columns: undefined })).toBe("");
});

test("which columns are shown is no part of which rows are read", () => {
  expect(listParameters(rowsQuery({ ...base, lane: "critical", columns: ["who"] }))).toBe("lane=critical");
});

test("the breaches have an address of their own", () =>
  expect(listAddress({ ...base, state: "breaches", lane: "critical" })).toBe(
    "/escalations?state=breaches&lane=critical",
  ));
