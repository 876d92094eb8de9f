import { queryOptions } from "@tanstack/react-query";
import type { EscalationDetail, ListQuery, QueueSummary } from "@/lib/areas/escalation/contract";
import type { SavedView } from "@/lib/areas/escalation/contract-views";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { fetchTogether } from "@/lib/kernel/query/fetch-together";
import { standstillSeenMs } from "@/lib/kernel/query/standstill";
import { listParameters } from "./list-parameters";

/** The one home of these keys. Invalidating a key means everything that begins with it. */
export const escalationKeys = {
  lists: ["escalations", "list"] as const,
  list: (query: ListQuery) => ["escalations", "list", listParameters(query)] as const,
  details: ["escalations", "detail"] as const,
  detail: (id: string) => ["escalations", "detail", id] as const,
  summary: ["escalations", "summary"] as const,
  views: ["views"] as const,
};

export const escalationDetail = (id: string) =>
  queryOptions({
    queryKey: escalationKeys.detail(id),
    queryFn: ({ signal }) => fetchJson<EscalationDetail>(`/api/escalations/${encodeURIComponent(id)}`, signal),
  });

export const queueSummaryQuery = queryOptions({
  queryKey: escalationKeys.summary,
  refetchInterval: standstillSeenMs,
  queryFn: () => fetchTogether<QueueSummary>("queue"),
});

export const viewsQuery = queryOptions({
  queryKey: escalationKeys.views,
  queryFn: ({ signal }) => fetchJson<SavedView[]>("/api/views", signal),
});
