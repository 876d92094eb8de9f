import type { ReactNode } from "react";

export type PlainColumn<Row> = {
  /** Unlike any other's of the table. */
  id: string;
  head: ReactNode;
  /** Of its head and its cells. */
  className?: string;
  cell: (row: Row) => ReactNode;
  /** Names the row to those who cannot see the table. */
  isRowHead?: boolean;
};

type Props<Row> = {
  name: string;
  /** Shown above it; the name alone is for those who cannot see it. */
  caption?: ReactNode;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Of one row, beside what all have. */
  lookOf?: (row: Row) => string | undefined;
  /** Of the frame and of the table. */
  className?: string;
  tableClassName?: string;
};

/** Facts under heads: all of them at once, and no row leads anywhere. Where it is wider than the window, it alone scrolls sideways. */
export function PlainTable<Row>(props: Props<Row>) {
  const { name, caption, columns, rows, keyOf, lookOf, className = "overflow-x-auto", tableClassName = "" } = props;
  return (
    <div tabIndex={0} role="region" aria-label={name} className={className}>
      <table className={`facts ${tableClassName}`.trimEnd()}>
        {caption && <caption className="text-left font-medium">{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.className}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={lookOf?.(row)}>
              {columns.map(({ id, className: look, cell, isRowHead }) =>
                isRowHead ? (
                  <th key={id} scope="row" className={look}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} className={look}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
