import { describe, expect, test } from "vitest";
import { columns, defaultColumns, sorts } from "@/lib/areas/escalation/contract";
import { ariaSort, choosable, columnsOf, columnTable, sortAfterPress, usual, withColumn } from "./queue-columns";

test("what may be chosen, and what is shown where nothing was, is what the contract says", () => {
  expect([...choosable].sort()).toEqual([...columns].sort());
  expect(usual).toEqual(defaultColumns);
});

test("every order has a column that asks for it", () => {
  const asked = Object.values(columnTable).flatMap(({ sort }) => (sort ? [sort.by] : []));
  expect(asked.sort()).toEqual([...sorts].sort());
});

describe("the columns of a list", () => {
  test.each([
    ["active", undefined, ["due", "priority", "lane", "subject", "owner", "agent", "reason", "blocked", "who"]],
    ["active", ["path", "level"], ["due", "path", "subject", "level"]],
    ["active", [], ["due", "subject"]],
    ["breaches", [], ["missed", "subject", "raised", "held"]],
    ["closed", ["lane", "blocked"], ["closed", "lane", "subject", "effect", "outcome"]],
  ] as const)("%s, chosen %j", (state, chosen, names) =>
    expect(columnsOf({ state, columns: chosen as never })).toEqual(names),
  );
});

describe("choosing", () => {
  test("a column comes where the table has it, whenever it was chosen", () =>
    expect(withColumn(["who"], "path", true)).toEqual(["path", "who"]));
  test("the usual columns are left out of the address", () => {
    const more = withColumn(undefined, "path", true);
    expect(more).toEqual(["path", ...usual]);
    expect(withColumn(more, "path", false)).toBeUndefined();
  });
  test("the last one may go, too", () => expect(withColumn(["who"], "who", false)).toEqual([]));
});

describe("a press on a head orders by it, a second one turns it round", () => {
  test.each([
    ["due", "priority", "due"],
    ["due", "due", "-due"],
    ["due", "-due", "due"],
  ] as const)("%s pressed under %s: %s", (by, now, then) => expect(sortAfterPress(by, now)).toBe(then));
  test.each([
    ["due", "due", "ascending"],
    ["due", "-due", "descending"],
    ["priority", "priority", "descending"],
    ["blocked", "newest", "descending"],
    ["blocked", "-newest", "ascending"],
    ["lane", "due", undefined],
    ["agent", "due", undefined],
  ] as const)("%s under %s is %s", (name, sort, said) => expect(ariaSort(name, sort)).toBe(said));
});
