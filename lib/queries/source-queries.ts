import { queryOptions } from "@tanstack/react-query";
import type { SourceView } from "@/lib/contracts/sources";
import { fetchJson } from "./fetch-json";
import { standstillSeenMs } from "./standstill";

export const sourceKeys = { sources: ["sources"] as const };

export const sourcesQuery = queryOptions({
  queryKey: sourceKeys.sources,
  refetchInterval: standstillSeenMs,
  queryFn: ({ signal }) => fetchJson<SourceView>("/api/sources", signal),
});
