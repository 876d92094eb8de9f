"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useServerNow } from "./use-server-now";

/** A page of a list as every area's route answers it. */
export type Page<Row> = { rows: Row[]; now: string };

/** All rows of a list that is read page by page, as far as the reader went, and the instant its first paint is drawn from. */
export function usePages<Row, One extends Page<Row>>({
  data,
}: Pick<UseInfiniteQueryResult<InfiniteData<One>>, "data">) {
  const rows = useMemo((): readonly One["rows"][number][] => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return { rows, first: data?.pages[0], serverNow: useServerNow(data?.pages[0]?.now) };
}

/** When the pages were read last. */
export const asOfLast = ({ pages }: InfiniteData<{ now: string }>): string => pages.at(-1)!.now;
