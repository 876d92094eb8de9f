import type { ReactNode } from "react";

/** What a column says of a row; `className`: beside the column's own. */
type Cell = { says: ReactNode; title?: string; className?: string };

/** What every cell may need besides its row: the instant the first paint was drawn from. */
export type Facts = { serverNow: string };

/** A column of a table of `Row`s; `Known`: what its cells need besides the row, the same for all rows. */
export type Column<Row, Known extends Facts = Facts, Sort extends string = string> = {
  /** Unlike any other's of the table; in the address where columns are chosen or ordered by. */
  id: string;
  head: ReactNode;
  /**
   * Of its head and its cells: how wide they are, and from which width of the window on they are shown. `cell-name`: what differs from row to
   * row, in the second line on a telephone; `cell-wide`: takes what room is left; `cell-end`: at the end of the first line on a telephone.
   */
  className?: string;
  /** A plain function: a component for each of fifty times ten cells is what the server would spend its time on. */
  cell: (row: Row, known: Known) => Cell;
  /** What a press on its head orders by, and whether the highest or the newest is then first. */
  sort?: { by: Sort; falls: boolean };
  /** May be chosen or left out by the reader; `usual`: shown where nothing was chosen. Without it a column is always there. */
  choice?: "usual" | "extra";
};

type Choosable<Id extends string> = { id: Id; choice?: "usual" | "extra" };

/** An order as the address says it: `-` turns it round. */
export type Order<Sort extends string> = Sort | `-${Sort}`;

/** The columns as a person chose them, in the order of the table; the usual ones where nothing was chosen. */
export const shownColumns = <C extends Choosable<string>>(columns: readonly C[], chosen?: readonly string[]): C[] =>
  columns.filter(({ id, choice }) => !choice || (chosen ? chosen.includes(id) : choice === "usual"));

/** What a person may choose, in the order of the table. */
export const choosable = <C extends Choosable<string>>(columns: readonly C[]): C[] =>
  columns.filter(({ choice }) => choice !== undefined);

/** The choice with one column more or less, as the address says it: undefined for the usual columns. */
export function withColumn<Id extends string>(
  columns: readonly Choosable<Id>[],
  chosen: readonly Id[] | undefined,
  id: Id,
  on: boolean,
): Id[] | undefined {
  const isShown = ({ id: one, choice }: Choosable<Id>) =>
    one === id ? on : chosen ? chosen.includes(one) : choice === "usual";
  const next = choosable(columns).filter(isShown);
  const usual = choosable(columns).filter(({ choice }) => choice === "usual");
  return next.length === usual.length && next.every(({ choice }) => choice === "usual")
    ? undefined
    : next.map((column) => column.id);
}

/** What a press on a column's head orders by: its order, and the same turned round when it is already. */
export const sortAfterPress = <Sort extends string>(by: Sort, now: Order<Sort>): Order<Sort> =>
  now === by ? `-${by}` : by;

/** How the rows are ordered by a column, for those who cannot see it. */
export function ariaSort(
  { sort }: Pick<Column<never>, "sort">,
  now: string | undefined,
): "ascending" | "descending" | undefined {
  if (!sort || now?.replace("-", "") !== sort.by) return undefined;
  return sort.falls !== now.startsWith("-") ? "descending" : "ascending";
}
