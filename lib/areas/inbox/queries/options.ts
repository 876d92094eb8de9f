import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { InboxCounts, InboxPage, InboxQuery } from "@/lib/areas/inbox/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { fetchTogether } from "@/lib/kernel/query/fetch-together";

/** An inbox query as the address bar says it; which page of it is no part of it. */
export function inboxParameters({ show, kind }: InboxQuery): string {
  return new URLSearchParams({ ...(show !== "standing" && { show }), ...(kind && { kind }) }).toString();
}

export const inboxKeys = {
  inboxes: ["inbox", "list"] as const,
  inbox: (query: InboxQuery) => ["inbox", "list", inboxParameters(query)] as const,
  inboxCounts: ["inbox", "counts"] as const,
};

/** Page by page, as far as the reader went; read again, it is read that far. */
export const inboxQuery = (query: InboxQuery) =>
  infiniteQueryOptions({
    queryKey: inboxKeys.inbox(query),
    queryFn: ({ signal, pageParam }) => {
      const parameters = new URLSearchParams(inboxParameters(query));
      if (pageParam) parameters.set("after", pageParam);
      return fetchJson<InboxPage>(`/api/inbox?${parameters}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const inboxCountsQuery = queryOptions({
  queryKey: inboxKeys.inboxCounts,
  queryFn: () => fetchTogether<InboxCounts>("inbox"),
});
