import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { DutyView } from "@/lib/contracts/duty";
import type { EscalationDetail, ListQuery, QueueSummary } from "@/lib/contracts/escalations";
import type { SavedView } from "@/lib/contracts/views";
import type { InboxCounts, InboxPage, InboxQuery } from "@/lib/contracts/notices";
import type { OverrideCounts, OverrideQuery } from "@/lib/contracts/overrides";
import type { SourceView } from "@/lib/contracts/sources";
import { fetchJson, fetchPerson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { overrideParameters, type OverrideSpan } from "./override-address";

/** An inbox query as the address bar says it; which page of it is no part of it. */
export function inboxParameters({ show, kind }: InboxQuery): string {
  return new URLSearchParams({ ...(show !== "standing" && { show }), ...(kind && { kind }) }).toString();
}

/** The one home of query keys. Invalidating a key means everything that begins with it. */
export const keys = {
  person: ["person"] as const,
  lists: ["escalations", "list"] as const,
  list: (query: ListQuery) => ["escalations", "list", listParameters(query)] as const,
  details: ["escalations", "detail"] as const,
  detail: (id: string) => ["escalations", "detail", id] as const,
  summary: ["escalations", "summary"] as const,
  sources: ["sources"] as const,
  views: ["views"] as const,
  inboxes: ["inbox", "list"] as const,
  inbox: (query: InboxQuery) => ["inbox", "list", inboxParameters(query)] as const,
  inboxCounts: ["inbox", "counts"] as const,
  duty: ["duty"] as const,
  /** Everything about overrides: lists, details, counts, findings, figures, delegations. */
  overrides: ["overrides"] as const,
  overrideLists: ["overrides", "list"] as const,
  overrideList: (query: OverrideQuery) => ["overrides", "list", overrideParameters(query)] as const,
  override: (id: string) => ["overrides", "detail", id] as const,
  overrideCounts: ["overrides", "counts"] as const,
  findings: ["overrides", "findings"] as const,
  overrideFigures: (span: OverrideSpan) => ["overrides", "figures", span.from ?? null, span.to ?? null] as const,
  delegations: ["overrides", "delegations"] as const,
};

/** Who is signed in now, whosever page this is. */
export const personQuery = queryOptions({
  queryKey: keys.person,
  queryFn: ({ signal }) => fetchPerson(signal),
});

export const escalationDetail = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id),
    queryFn: ({ signal }) => fetchJson<EscalationDetail>(`/api/escalations/${encodeURIComponent(id)}`, signal),
  });

/** That nobody reads thegent's files any more changes nothing that could be told: it is asked for. */
const standstillSeenMs = 15_000;

export const queueSummaryQuery = queryOptions({
  queryKey: keys.summary,
  refetchInterval: standstillSeenMs,
  queryFn: ({ signal }) => fetchJson<QueueSummary>("/api/queue-summary", signal),
});

export const sourcesQuery = queryOptions({
  queryKey: keys.sources,
  refetchInterval: standstillSeenMs,
  queryFn: ({ signal }) => fetchJson<SourceView>("/api/sources", signal),
});

export const viewsQuery = queryOptions({
  queryKey: keys.views,
  queryFn: ({ signal }) => fetchJson<SavedView[]>("/api/views", signal),
});

/** Page by page, as far as the reader went; read again, it is read that far. */
export const inboxQuery = (query: InboxQuery) =>
  infiniteQueryOptions({
    queryKey: keys.inbox(query),
    queryFn: ({ signal, pageParam }) => {
      const parameters = new URLSearchParams(inboxParameters(query));
      if (pageParam) parameters.set("after", pageParam);
      return fetchJson<InboxPage>(`/api/inbox?${parameters}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const inboxCountsQuery = queryOptions({
  queryKey: keys.inboxCounts,
  queryFn: ({ signal }) => fetchJson<InboxCounts>("/api/inbox/counts", signal),
});

export const dutyQuery = queryOptions({
  queryKey: keys.duty,
  queryFn: ({ signal }) => fetchJson<DutyView>("/api/duty", signal),
});

export const overrideCountsQuery = queryOptions({
  queryKey: keys.overrideCounts,
  queryFn: ({ signal }) => fetchJson<OverrideCounts>("/api/overrides/counts", signal),
});
