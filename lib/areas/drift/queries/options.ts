import { queryOptions } from "@tanstack/react-query";
import type { DriftView, EpisodeDetail, SweepView } from "@/lib/areas/drift/contract";
import type { Span } from "@/lib/areas/drift/domain/spans";
import { fetchJson } from "@/lib/kernel/query/fetch-json";

export const driftKeys = {
  all: ["drift"] as const,
  view: (days: Span) => ["drift", days] as const,
  sweep: ["drift", "sweep"] as const,
  episode: (id: string) => ["drift", "episode", id] as const,
};

export const episodeQuery = (id: string) =>
  queryOptions({
    queryKey: driftKeys.episode(id),
    queryFn: ({ signal }) => fetchJson<EpisodeDetail>(`/api/drift/${encodeURIComponent(id)}`, signal),
  });

export const driftQuery = (days: Span) =>
  queryOptions({
    queryKey: driftKeys.view(days),
    queryFn: ({ signal }) => fetchJson<DriftView>(`/api/drift?days=${days}`, signal),
  });

export const sweepQuery = queryOptions({
  queryKey: driftKeys.sweep,
  queryFn: ({ signal }) => fetchJson<SweepView>("/api/drift/sweep", signal),
});
