"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
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

/** Reads a page when its place comes near the window; one that could not be read is tried again after a while. */
function useReadNear(near: boolean, isFetching: boolean, failed: boolean, read: () => void): void {
  useEffect(() => {
    if (!near || isFetching) return;
    if (!failed) return read();
    const again = setTimeout(read, RETRY_MS);
    return () => clearTimeout(again);
  }, [near, isFetching, failed, read]);
}

/** The list, read as far as it is scrolled: what comes near the window is loaded, what is far away is dropped. */
export function useScrolledList(query: ListQuery) {
  const client = useQueryClient();
  const list = useInfiniteQuery(scrolledList(query));
  const { data, isFetching, hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage } = list;
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
  useReadNear(nearEnd && hasNextPage, isFetching, list.isFetchNextPageError, readOn);
  useReadNear(nearTop && hasPreviousPage, isFetching, list.isFetchPreviousPageError, readBack);

  const rows = useMemo(() => (data ? rowsOf(data) : none), [data]);
  return {
    ...list,
    rows,
    above,
    newest: data ? newestPage(data) : undefined,
    first: data?.pages[0],
    last: data?.pages.at(-1),
    readOn,
    top,
    end,
  };
}
