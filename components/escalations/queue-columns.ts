import type { Column, ListQuery, Sort, SortColumn } from "@/lib/contracts/escalations";

/** Every column of a list; what an item says of itself in a list of its own state cannot be chosen. */
export type ColumnName = Column | "due" | "subject" | "missed" | "raised" | "held" | "closed" | "effect" | "outcome";

type Definition = {
  head: string;
  /** Its width, and from which width of the window on it is shown. */
  className: string;
  /** What a press on its head orders the open items by, and whether the highest or the newest is then first. */
  sort?: { by: SortColumn; falls: boolean };
};

const rising = (by: SortColumn) => ({ by, falls: false });
const falling = (by: SortColumn) => ({ by, falls: true });

export const columnTable: Readonly<Record<ColumnName, Definition>> = {
  due: { head: "Due", className: "w-43", sort: rising("due") },
  missed: { head: "Past SLA", className: "w-43" },
  closed: { head: "Closed", className: "w-32" },
  path: { head: "Path", className: "w-24 max-md:hidden", sort: rising("path") },
  priority: { head: "Priority", className: "w-16 text-right", sort: falling("priority") },
  lane: { head: "Lane", className: "w-22", sort: rising("lane") },
  subject: { head: "Subject", className: "w-36", sort: rising("subject") },
  owner: { head: "Owner", className: "w-38 max-md:hidden", sort: rising("owner") },
  agent: { head: "Agent", className: "w-20 max-lg:hidden" },
  reason: { head: "Reason", className: "" },
  level: { head: "Level", className: "w-16 max-md:hidden", sort: rising("level") },
  blocked: { head: "Blocked", className: "w-26 max-lg:hidden", sort: falling("newest") },
  raised: { head: "Raised", className: "w-28 max-lg:hidden" },
  effect: { head: "thegent", className: "w-40 max-lg:hidden" },
  who: { head: "Who", className: "w-33" },
  held: { head: "State", className: "w-48" },
  outcome: { head: "Outcome", className: "w-56" },
};

const ends: Readonly<Record<ListQuery["state"], { first: ColumnName; last: readonly ColumnName[] }>> = {
  active: { first: "due", last: ["blocked", "who"] },
  breaches: { first: "missed", last: ["raised", "held"] },
  closed: { first: "closed", last: ["effect", "outcome"] },
};

/** What a person may choose, in the order of the table. */
export const choosable: readonly Column[] = ["path", "priority", "lane", "owner", "agent", "reason", "level", "blocked", "who"];
/** As the contract has them; not taken from there, because it would bring its whole validation into the page's first script. */
export const usual: readonly Column[] = ["priority", "lane", "owner", "agent", "reason", "blocked", "who"];

/** The columns of a list as a person chose them. */
export function columnsOf({ state, columns = usual as Column[] }: Pick<ListQuery, "state" | "columns">): ColumnName[] {
  const { first, last } = ends[state];
  const shown = (name: ColumnName): boolean => !(choosable as readonly string[]).includes(name) || columns.includes(name as Column);
  return [first, "path", "priority", "lane", "subject", "owner", "agent", "reason", "level", ...last].filter((name): name is ColumnName => shown(name as ColumnName));
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
