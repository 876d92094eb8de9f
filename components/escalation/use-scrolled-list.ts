"use client";

import { useInfiniteQuery, useIsFetching, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { EscalationRow, ListQuery } from "@/lib/areas/escalation/contract";
import { newestPage, rowsAbove, rowsOf, scrolledList, scrollKey } from "@/lib/areas/escalation/queries/scroll";

/** How far ahead of the window's edge rows are read; and until somebody scrolls: whoever looks at the first rows has all news read again for fewer. */
const AHEAD = "1200px 0px";
const AT_FIRST = "100px 0px";

/** How long a page that could not be read is left alone. */
const RETRY_MS = 3000;

const none: EscalationRow[] = [];

/** Whether the page was scrolled since it was opened. */
function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const scroll = () => setScrolled(true);
    addEventListener("scroll", scroll, { once: true, passive: true });
    return () => removeEventListener("scroll", scroll);
  }, []);
  return scrolled;
}

/** Whether an element is in the window or `ahead` of it; without an observer it never is, and its link must do. */
function useNear(ahead: string): [ref: (element: Element | null) => void, near: boolean] {
  const [element, setElement] = useState<Element | null>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)!.isIntersecting), {
      rootMargin: ahead,
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      setNear(false);
    };
  }, [element, ahead]);
  return [setElement, near];
}

/** A page of the list that is read when its place comes near the window. */
export type NearPage = { near: boolean; failed: boolean; read: () => void };

/** The list, read as far as it is scrolled: what comes near the window is loaded (`useReadNear`), what is far away is dropped. */
export function useScrolledList(query: ListQuery) {
  const client = useQueryClient();
  // One by one: whatever is taken draws the whole list anew when it changes, and that something is being read changes with all news.
  const list = useInfiniteQuery(scrolledList(query));
  const { data, error, refetch, isPlaceholderData, hasNextPage, hasPreviousPage } = list;
  const { fetchNextPage, fetchPreviousPage, isFetchNextPageError, isFetchPreviousPageError, isFetchingNextPage } = list;
  const ahead = useScrolled() ? AHEAD : AT_FIRST;
  const [end, nearEnd] = useNear(ahead);
  const [top, nearTop] = useNear(ahead);
  const above = data ? rowsAbove(data) : 0;

  // A read that is under way is never cut off for a page: it would be the news that are lost.
  const readOn = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const readBack = useCallback(() => {
    // Whoever jumped to the very top wants the first rows, not all those between.
    if (window.scrollY === 0 && above > 100) void client.resetQueries({ queryKey: scrollKey(query), exact: true });
    else void fetchPreviousPage({ cancelRefetch: false });
  }, [above, client, query, fetchPreviousPage]);
  const near: NearPage[] = [
    { near: nearEnd && hasNextPage, failed: isFetchNextPageError, read: readOn },
    { near: nearTop && hasPreviousPage, failed: isFetchPreviousPageError, read: readBack },
  ];

  const rows = useMemo(() => (data ? rowsOf(data) : none), [data]);
  return {
    ...{ data, error, refetch, isPlaceholderData, isFetchingNextPage, isFetchNextPageError },
    ...{ rows, above, readOn, top, end, near },
    newest: data ? newestPage(data) : undefined,
    first: data?.pages[0],
    last: data?.pages.at(-1),
  };
}

/** Reads such a page once nothing of the list is being read; one that could not be read is tried again after a while. */
export function useReadNear(query: ListQuery, { near, failed, read }: NearPage): void {
  const isFetching = useIsFetching({ queryKey: scrollKey(query), exact: true }) > 0;
  useEffect(() => {
    if (!near || isFetching) return;
    if (!failed) return read();
    const again = setTimeout(read, RETRY_MS);
    return () => clearTimeout(again);
  }, [near, isFetching, failed, read]);
}
