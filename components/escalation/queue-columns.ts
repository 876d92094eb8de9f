import type { Column, ListQuery, Sort, SortColumn } from "@/lib/areas/escalation/contract";

/** Every column of a list; what an item says of itself in a list of its own state cannot be chosen. */
export type ColumnName = Column | "due" | "subject" | "missed" | "raised" | "held" | "closed" | "effect" | "outcome";

type Definition = {
  head: string;
  /** Of its head and its cells: how wide they are, and from which width of the window on they are shown. */
  className: string;
  /** What a press on its head orders the open items by, and whether the highest or the newest is then first. */
  sort?: { by: SortColumn; falls: boolean };
};

const rising = (by: SortColumn) => ({ by, falls: false });
const falling = (by: SortColumn) => ({ by, falls: true });

export const columnTable: Readonly<Record<ColumnName, Definition>> = {
  due: { head: "Due", className: "md:w-43 shrink-0", sort: rising("due") },
  missed: { head: "Past SLA", className: "md:w-47 shrink-0" },
  closed: { head: "Closed", className: "md:w-32 shrink-0" },
  path: { head: "Path", className: "md:w-24 max-md:hidden", sort: rising("path") },
  priority: { head: "Priority", className: "md:w-16 shrink-0 md:text-right", sort: falling("priority") },
  lane: { head: "Lane", className: "md:w-22", sort: rising("lane") },
  subject: { head: "Subject", className: "cell-run md:w-36", sort: rising("subject") },
  owner: { head: "Owner", className: "md:w-38 max-md:hidden", sort: rising("owner") },
  agent: { head: "Agent", className: "md:w-20 max-lg:hidden" },
  reason: { head: "Reason", className: "cell-reason" },
  level: { head: "Level", className: "md:w-16 max-md:hidden", sort: rising("level") },
  blocked: { head: "Blocked", className: "md:w-26 max-lg:hidden", sort: falling("newest") },
  raised: { head: "Raised", className: "md:w-28 max-lg:hidden" },
  effect: { head: "thegent", className: "md:w-40 max-lg:hidden" },
  who: { head: "Who", className: "md:w-33" },
  held: { head: "State", className: "md:w-48" },
  outcome: { head: "Outcome", className: "md:w-56" },
};

const ends: Readonly<Record<ListQuery["state"], { first: ColumnName; last: readonly ColumnName[] }>> = {
  active: { first: "due", last: ["blocked", "who"] },
  breaches: { first: "missed", last: ["raised", "held"] },
  closed: { first: "closed", last: ["effect", "outcome"] },
};

/** What a person may choose, in the order of the table. */
export const choosable: readonly Column[] = [
  "path",
  "priority",
  "lane",
  "owner",
  "agent",
  "reason",
  "level",
  "blocked",
  "who",
];
/** As the contract has them; not taken from there, because it would bring its whole validation into the page's first script. */
export const usual: readonly Column[] = ["priority", "lane", "owner", "agent", "reason", "blocked", "who"];

/** The columns of a list as a person chose them. */
export function columnsOf({ state, columns = usual as Column[] }: Pick<ListQuery, "state" | "columns">): ColumnName[] {
  const { first, last } = ends[state];
  const shown = (name: ColumnName): boolean =>
    !(choosable as readonly string[]).includes(name) || columns.includes(name as Column);
  return [first, "path", "priority", "lane", "subject", "owner", "agent", "reason", "level", ...last].filter(
    (name): name is ColumnName => shown(name as ColumnName),
  );
}

/** The choice as the address says it: undefined for the usual columns. */
export function withColumn(chosen: readonly Column[] | undefined, name: Column, on: boolean): Column[] | undefined {
  const next = choosable.filter((column) => (column === name ? on : (chosen ?? usual).includes(column)));
  return next.length === usual.length && next.every((column) => usual.includes(column)) ? undefined : next;
}

/** What a press on a column's head orders by: its order, and the same turned round when it is already. */
export const sortAfterPress = (by: SortColumn, now: Sort): Sort => (now === by ? `-${by}` : by);

/** How the rows are ordered by a column, for those who cannot see it. */
export function ariaSort(name: ColumnName, sort: Sort): "ascending" | "descending" | undefined {
  const column = columnTable[name].sort;
  if (!column || sort.replace("-", "") !== column.by) return undefined;
  return column.falls !== sort.startsWith("-") ? "descending" : "ascending";
}
