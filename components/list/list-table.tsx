"use client";

import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryOptions } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import type { Column, Facts } from "@/components/table/columns";
import { Table } from "@/components/table/table";
import { ShowMore } from "./show-more";
import { asOfLast, usePages, type Page } from "./use-pages";
import { useRowKeys } from "./use-row-keys";
import { WhenRead } from "./when-read";

type Props<Row extends { id: string }, One extends Page<Row>, Key extends readonly unknown[]> = {
  /** The area's query: page by page, kept true by its news. */
  read: UseInfiniteQueryOptions<One, Error, InfiniteData<One>, Key, string | null>;
  /** What is said while it is read. */
  reading: string;
  /** What the table is of, for those who cannot see it. */
  caption: string;
  columns: readonly Column<Row, Facts>[];
  /** Instead of rows, where there are none. */
  empty: ReactNode;
};

/** A list that is read page by page, as a table: all that an area says of it are its read and its columns. */
export function ListTable<Row extends { id: string }, One extends Page<Row>, Key extends readonly unknown[]>(
  props: Props<Row, One, Key>,
) {
  const { read, reading, caption, columns, empty } = props;
  const list = useInfiniteQuery(read);
  const { rows, serverNow } = usePages<Row, One>(list);
  const known = useMemo(() => ({ serverNow }), [serverNow]);
  useRowKeys({ rows });
  return (
    <WhenRead of={list} reading={reading} rows={20} asOf={asOfLast}>
      {() => (
        <>
          {rows.length > 0 ? <Table {...{ caption, columns, rows, known }} /> : empty}
          <ShowMore of={list} />
        </>
      )}
    </WhenRead>
  );
}
