import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  DelegationsView,
  FindingPage,
  OverrideCounts,
  OverrideDetail,
  OverrideFigures,
  OverridePage,
  OverrideQuery,
} from "@/lib/areas/override/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { fetchTogether } from "@/lib/kernel/query/fetch-together";
import { overrideParameters, type OverrideSpan } from "./address";

export const overrideKeys = {
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

/** Page by page, as far as the reader went; read again, it is read that far. */
export const overrideList = (query: OverrideQuery) =>
  infiniteQueryOptions({
    queryKey: overrideKeys.overrideList(query),
    queryFn: ({ signal, pageParam }) =>
      fetchJson<OverridePage>(`/api/overrides?${withPosition(overrideParameters(query), pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const findingList = infiniteQueryOptions({
  queryKey: overrideKeys.findings,
  queryFn: ({ signal, pageParam }) =>
    fetchJson<FindingPage>(`/api/overrides/findings?${withPosition("", pageParam)}`, signal),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next,
});

function withPosition(text: string, after: string | null): URLSearchParams {
  const parameters = new URLSearchParams(text);
  if (after) parameters.set("after", after);
  return parameters;
}

export const overrideDetail = (id: string) =>
  queryOptions({
    queryKey: overrideKeys.override(id),
    queryFn: ({ signal }) => fetchJson<OverrideDetail>(`/api/overrides/${encodeURIComponent(id)}`, signal),
  });

export const overrideFigures = (span: OverrideSpan) =>
  queryOptions({
    queryKey: overrideKeys.overrideFigures(span),
    queryFn: ({ signal }) =>
      fetchJson<OverrideFigures>(`/api/overrides/figures?${overrideParameters({ tab: "awaiting", ...span })}`, signal),
  });

export const delegationsQuery = queryOptions({
  queryKey: overrideKeys.delegations,
  queryFn: ({ signal }) => fetchJson<DelegationsView>("/api/overrides/delegations", signal),
});

export const overrideCountsQuery = queryOptions({
  queryKey: overrideKeys.overrideCounts,
  queryFn: () => fetchTogether<OverrideCounts>("overrides"),
});
