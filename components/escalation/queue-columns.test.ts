import { expect, test } from "vitest";
import { shownColumns } from "@/components/table/columns";
import { columns, defaultColumns, sorts } from "@/lib/areas/escalation/contract";
import { chosenIn, queueChoices, queueTables } from "./queue-columns";

const idsOf = (all: readonly { id: string }[]) => all.map(({ id }) => id);

test("what may be chosen, and what is shown where nothing was, is what the contract says", () => {
  expect(idsOf(queueChoices).sort()).toEqual([...columns].sort());
  expect(idsOf(queueChoices.filter(({ choice }) => choice === "usual"))).toEqual(defaultColumns);
  expect(chosenIn(["who", "due", "nonsense", "path"])).toEqual(["path", "who"]);
});

test("every order has a column that asks for it", () => {
  const asked = queueTables.active.columns.flatMap(({ sort }) => (sort ? [sort.by] : []));
  expect(asked.sort()).toEqual([...sorts].sort());
});

test.each([
  ["active", undefined, ["due", "priority", "lane", "subject", "owner", "agent", "reason", "blocked", "who"]],
  ["active", ["path", "level"], ["due", "path", "subject", "level"]],
  ["active", [], ["due", "subject"]],
  ["breaches", [], ["missed", "subject", "raised", "held"]],
  ["closed", ["lane", "blocked"], ["closed", "lane", "subject", "effect", "outcome"]],
] as const)("the columns of a list: %s, chosen %j", (state, chosen, ids) =>
  expect(idsOf(shownColumns(queueTables[state].columns, chosen))).toEqual(ids),
);

test("a list has no two columns of one name", () => {
  for (const { columns: all } of Object.values(queueTables)) expect(new Set(idsOf(all)).size).toBe(all.length);
});
