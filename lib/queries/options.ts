import { queryOptions } from "@tanstack/react-query";
import type { EscalationDetail, EscalationPage, ListQuery, QueueSummary } from "@/lib/contracts/escalations";
import type { SourceView } from "@/lib/contracts/sources";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";

/** The one home of query keys. Invalidating a key means everything that begins with it. */
export const keys = {
  lists: ["escalations", "list"] as const,
  list: (query: ListQuery) => ["escalations", "list", listParameters(query)] as const,
  details: ["escalations", "detail"] as const,
  detail: (id: string) => ["escalations", "detail", id] as const,
  summary: ["escalations", "summary"] as const,
  sources: ["sources"] as const,
};

export const escalationList = (query: ListQuery) =>
  queryOptions({
    queryKey: keys.list(query),
    queryFn: ({ signal }) => fetchJson<EscalationPage>(`/api/escalations?${listParameters(query)}`, signal),
  });

export const escalationDetail = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id),
    queryFn: ({ signal }) => fetchJson<EscalationDetail>(`/api/escalations/${encodeURIComponent(id)}`, signal),
  });

export const queueSummaryQuery = queryOptions({
  queryKey: keys.summary,
  queryFn: ({ signal }) => fetchJson<QueueSummary>("/api/queue-summary", signal),
});

export const sourcesQuery = queryOptions({
  queryKey: keys.sources,
  queryFn: ({ signal }) => fetchJson<SourceView>("/api/sources", signal),
});
