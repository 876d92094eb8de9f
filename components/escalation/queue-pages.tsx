"use client";

import Link from "next/link";
import type { MouseEvent } from "react";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import type { useScrolledList } from "./use-scrolled-list";

/** The foot of the list. What follows is loaded when it comes near; the link does the same, and stands in where nothing notices that it does. */
export function QueuePages({ query, scrolled }: { query: ListQuery; scrolled: ReturnType<typeof useScrolledList> }) {
  const { first, last, above, end, readOn, isFetchingNextPage, isFetchNextPageError } = scrolled;
  const next = last?.next ?? null;
  const back = first?.previous != null && above === 0;
  if (!next && !back) return null;
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    readOn();
  };
  return (
    <nav ref={end} aria-label="Pages of the queue" className="flex gap-6 px-4 py-3">
      {back && (
        <Link href={listAddress(query)} prefetch={false} className="text-accent underline">
          Back to the first
        </Link>
      )}
      {next && (
        <a href={listAddress(query, { after: next })} onClick={press} className="text-accent underline">
          {isFetchNextPageError ? "Could not be read. Try the next 50 again" : "Next 50"}
        </a>
      )}
      {isFetchingNextPage && <span className="text-muted">Reading…</span>}
    </nav>
  );
}
