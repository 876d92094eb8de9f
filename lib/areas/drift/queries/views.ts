import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { EventKinds, EventsPage, ExampleView, ReviewView, WhatIfView } from "@/lib/areas/drift/contract-views";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { driftKeys } from "./options";

type Lines = { from: string; until: string; kind: EventKinds };

/** Page by page, as far as the reader went. */
export const eventsQuery = ({ from, until, kind }: Lines) =>
  infiniteQueryOptions({
    queryKey: [...driftKeys.all, "events", from, until, kind],
    queryFn: ({ signal, pageParam }) => {
      const parameters = new URLSearchParams({ from, until, kind, ...(pageParam && { after: pageParam }) });
      return fetchJson<EventsPage>(`/api/drift/events?${parameters}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const judgedRunsQuery = queryOptions({
  queryKey: [...driftKeys.all, "runs"],
  queryFn: ({ signal }) => fetchJson<WhatIfView>("/api/drift/runs", signal),
});

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...driftKeys.all, "review", id],
    queryFn: ({ signal }) => fetchJson<ReviewView>(`/api/drift/${encodeURIComponent(id)}/review`, signal),
  });

/** Two lines, which do not change while they stand in their places; so they are not read again with each further line. */
export const exampleQuery = (recent: number | null, earlier: number | null) =>
  queryOptions({
    queryKey: ["drift-example", recent, earlier],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams();
      if (recent !== null) parameters.set("recent", String(recent));
      if (earlier !== null) parameters.set("earlier", String(earlier));
      return fetchJson<ExampleView>(`/api/drift/example?${parameters}`, signal);
    },
  });
