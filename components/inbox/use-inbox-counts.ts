"use client";

import { useQuery } from "@tanstack/react-query";
import { useHydrated } from "@/components/shell/use-hydrated";
import type { InboxCounts } from "@/lib/areas/inbox/contract";
import { inboxCountsQuery } from "@/lib/areas/inbox/queries/options";

/** The figures of the reader's inbox; null until the browser has them, for the server draws none. */
export function useInboxCounts(): InboxCounts | null {
  const { data } = useQuery(inboxCountsQuery);
  return (useHydrated() && data) || null;
}
