import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { DelegationsView, FindingPage, OverrideDetail, OverrideFigures, OverridePage, OverrideQuery } from "@/lib/contracts/overrides";
import { fetchJson } from "./fetch-json";
import { keys } from "./options";
import { overrideParameters, type OverrideSpan } from "./override-address";

/** Page by page, as far as the reader went; read again, it is read that far. */
export const overrideList = (query: OverrideQuery) =>
  infiniteQueryOptions({
    queryKey: keys.overrideList(query),
    queryFn: ({ signal, pageParam }) => fetchJson<OverridePage>(`/api/overrides?${withPosition(overrideParameters(query), pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const findingList = infiniteQueryOptions({
  queryKey: keys.findings,
  queryFn: ({ signal, pageParam }) => fetchJson<FindingPage>(`/api/overrides/findings?${withPosition("", pageParam)}`, signal),
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
    queryKey: keys.override(id),
    queryFn: ({ signal }) => fetchJson<OverrideDetail>(`/api/overrides/${encodeURIComponent(id)}`, signal),
  });

export const overrideFigures = (span: OverrideSpan) =>
  queryOptions({
    queryKey: keys.overrideFigures(span),
    queryFn: ({ signal }) => fetchJson<OverrideFigures>(`/api/overrides/figures?${overrideParameters({ tab: "awaiting", ...span })}`, signal),
  });

export const delegationsQuery = queryOptions({
  queryKey: keys.delegations,
  queryFn: ({ signal }) => fetchJson<DelegationsView>("/api/overrides/delegations", signal),
});
