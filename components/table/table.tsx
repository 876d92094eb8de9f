"use client";

import { memo, type ReactNode } from "react";
import { ariaSort, sortAfterPress, type Column, type Facts, type Order } from "./columns";
import { useRowClicks } from "./use-row-clicks";
import type { Selection } from "./use-selection";

type Keyed = { id: string };

type Props<Row extends Keyed, Known extends Facts, Sort extends string> = {
  /** What the table is of, for those who cannot see it. */
  caption: string;
  /** Those that are shown; the same array as long as they are, as is `known`: a row is drawn again only when its own changes. */
  columns: readonly Column<Row, Known, Sort>[];
  rows: readonly Row[];
  known: Known;
  /** Where a row leads, if not where its link says; asked when it is pressed. */
  addressOf?: (id: string) => string;
  /** Where the rows can be ordered by their columns. */
  order?: { now: Order<Sort>; by: (next: Order<Sort>) => void };
  /** Where rows can be selected; `nameOf`: what the box of a row says. */
  select?: { selection: Selection<Row>; nameOf: (row: Row) => string } | null;
  /** Rows that are not loaded any more, above; `top` is given the place that they had. */
  above?: number;
  top?: (place: Element | null) => void;
};

/**
 * Rows under heads that stay in sight, one line each, two on a telephone; only rows in sight are laid out. Each row has one link
 * (`rowLink`), which a click anywhere in it means, and which the keys of the list walk over. Roles are said outright, because the rows are
 * not laid out as a table's.
 */
export function Table<Row extends Keyed, Known extends Facts, Sort extends string = string>(
  props: Props<Row, Known, Sort>,
) {
  const { caption, columns, rows, known, addressOf, order, select, above = 0, top } = props;
  const click = useRowClicks(rows, select?.selection ?? null, addressOf);
  const hasWide = columns.some(({ className }) => className?.includes("cell-wide"));
  return (
    <table role="table" className={hasWide ? "rows" : "rows rows-even"} onClick={click}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {select && (
            <th role="columnheader" scope="col" className="cell-pick">
              <SelectAll rows={rows} selection={select.selection} />
            </th>
          )}
          {columns.map((column) => (
            <th
              key={column.id}
              role="columnheader"
              scope="col"
              aria-sort={ariaSort(column, order?.now)}
              className={column.className}
            >
              {headOf(column, order)}
            </th>
          ))}
        </tr>
      </thead>
      {above > 0 && (
        <tbody aria-hidden="true">
          <tr>
            <td
              ref={top}
              colSpan={columns.length + 1}
              className="rows-above"
              style={{ height: `calc(var(--row) * ${above})` }}
            />
          </tr>
        </tbody>
      )}
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Line
            key={row.id}
            {...{ row, columns, known }}
            name={select?.nameOf(row)}
            selected={select?.selection.items.has(row.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** A column's head; where the rows can be ordered by it, a button. */
function headOf<Sort extends string>(
  { head, sort }: Pick<Column<never, Facts, Sort>, "head" | "sort">,
  order: Props<Keyed, Facts, Sort>["order"],
): ReactNode {
  if (!sort || !order) return head;
  return (
    <button type="button" onClick={() => order.by(sortAfterPress(sort.by, order.now))}>
      {head}
    </button>
  );
}

function SelectAll<Row extends Keyed>({ rows, selection }: { rows: readonly Row[]; selection: Selection<Row> }) {
  const all = selection.full || rows.every(({ id }) => selection.items.has(id));
  return (
    <input
      type="checkbox"
      aria-label="Select all loaded rows"
      checked={all}
      onChange={() => selection.set(rows, !all)}
    />
  );
}

/** The table hears of all its boxes. */
const heardByTheTable = () => undefined;

type LineProps<Row, Known extends Facts> = {
  row: Row;
  columns: readonly Column<Row, Known>[];
  known: Known;
  name: string | undefined;
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
};

/** Drawn again only when its row changes. */
const Line = memo(function Line({ row, columns, known, name, selected }: LineProps<Keyed, Facts>) {
  return (
    <tr role="row" className="row">
      {selected !== undefined && (
        <td role="cell" className="cell-pick">
          <input
            type="checkbox"
            data-pick={row.id}
            checked={selected}
            onChange={heardByTheTable}
            aria-label={`Select ${name}`}
          />
        </td>
      )}
      {columns.map(({ id, className, cell }) => {
        const { says, title, className: own } = cell(row, known);
        return (
          <td key={id} role="cell" className={own ? `${className ?? ""} ${own}` : className} title={title}>
            {says}
          </td>
        );
      })}
    </tr>
  );
}) as <Row extends Keyed, Known extends Facts>(props: LineProps<Row, Known>) => ReactNode;
