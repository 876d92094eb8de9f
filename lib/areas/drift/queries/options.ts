import { queryOptions } from "@tanstack/react-query";
import type { DriftView, Span } from "@/lib/areas/drift/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";

export const driftKeys = { all: ["drift"] as const, view: (days: Span) => ["drift", days] as const };

export const driftQuery = (days: Span) =>
  queryOptions({
    queryKey: driftKeys.view(days),
    queryFn: ({ signal }) => fetchJson<DriftView>(`/api/drift?days=${days}`, signal),
  });
