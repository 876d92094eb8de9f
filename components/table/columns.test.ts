import { describe, expect, test } from "vitest";
import { ariaSort, choosable, shownColumns, sortAfterPress, withColumn } from "./columns";

const columns = [
  { id: "due" },
  { id: "path", choice: "extra" },
  { id: "priority", choice: "usual" },
  { id: "subject" },
  { id: "who", choice: "usual" },
] as const;

describe("the columns of a table", () => {
  test.each([
    ["where nothing was chosen, the usual ones", undefined, ["due", "priority", "subject", "who"]],
    ["those that were chosen, in the table's order", ["who", "path"], ["due", "path", "subject", "who"]],
    ["none, where the reader wants none; what cannot be chosen stays", [], ["due", "subject"]],
    ["and nothing that the table does not have", ["blocked"], ["due", "subject"]],
  ])("%s", (_, chosen, ids) => expect(shownColumns(columns, chosen).map(({ id }) => id)).toEqual(ids));

  test("what can be chosen is what says so", () =>
    expect(choosable(columns).map(({ id }) => id)).toEqual(["path", "priority", "who"]));
});

describe("choosing", () => {
  test("a column comes where the table has it, whenever it was chosen", () =>
    expect(withColumn(columns, ["who"], "path", true)).toEqual(["path", "who"]));
  test("the usual columns are left out of the address", () => {
    const more = withColumn(columns, undefined, "path", true);
    expect(more).toEqual(["path", "priority", "who"]);
    expect(withColumn(columns, more, "path", false)).toBeUndefined();
  });
  test("as many others as the usual ones are no usual ones", () =>
    expect(withColumn(columns, ["path"], "who", true)).toEqual(["path", "who"]));
  test("the last one may go, too", () => expect(withColumn(columns, ["who"], "who", false)).toEqual([]));
});

describe("a press on a head orders by it, a second one turns it round", () => {
  test.each([
    ["due", "priority", "due"],
    ["due", "due", "-due"],
    ["due", "-due", "due"],
  ] as const)("%s pressed under %s: %s", (by, now, then) => expect(sortAfterPress<string>(by, now)).toBe(then));

  const rises = { sort: { by: "due", falls: false } };
  const falls = { sort: { by: "newest", falls: true } };
  test.each([
    ["due", rises, "ascending"],
    ["-due", rises, "descending"],
    ["newest", falls, "descending"],
    ["-newest", falls, "ascending"],
    ["lane", rises, undefined],
    ["due", {}, undefined],
    [undefined, rises, undefined],
  ])("%s, in the column %j: %s", (now, column, said) => expect(ariaSort(column, now)).toBe(said));
});
