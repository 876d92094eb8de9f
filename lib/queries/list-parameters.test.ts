import { expect, test } from "vitest";
import { listQuerySchema, type ListQuery } from "@/lib/contracts/escalations";
import { listAddress, listParameters } from "./list-parameters";

const base: ListQuery = { state: "active", sort: "due" };

test("the plain queue has the plain address", () => expect(listAddress(base)).toBe("/escalations"));

test("a filter starts from the first page; only a position keeps its place", () => {
  const third: ListQuery = { ...base, lane: "critical", after: "abc" };
  expect(listAddress(third, { sla: "past" })).toBe("/escalations?sla=past&lane=critical");
  expect(listAddress(third, { after: "def" })).toBe("/escalations?lane=critical&after=def");
  expect(listAddress(third, { lane: undefined })).toBe("/escalations");
});

test("any text of thegent's survives the way into the address and back", () => {
  const query: ListQuery = { ...base, state: "closed", owner: "李雷:数据 & =?#%+", lane: "a b" };
  expect(listQuerySchema.parse(Object.fromEntries(new URLSearchParams(listParameters(query))))).toMatchObject(query);
});

test("the breaches have an address of their own", () => expect(listAddress({ ...base, state: "breaches", lane: "critical" })).toBe("/escalations?state=breaches&lane=critical"));
