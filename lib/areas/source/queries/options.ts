import { queryOptions } from "@tanstack/react-query";
import type { SourceView } from "@/lib/areas/source/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { standstillSeenMs } from "@/lib/kernel/query/standstill";

export const sourceKeys = { sources: ["sources"] as const };

export const sourcesQuery = queryOptions({
  queryKey: sourceKeys.sources,
  refetchInterval: standstillSeenMs,
  queryFn: ({ signal }) => fetchJson<SourceView>("/api/sources", signal),
});
