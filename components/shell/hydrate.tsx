import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ReadAgain } from "./read-again";

export type Known = readonly [key: QueryKey, data: unknown];

/** Hands what the server has read to the browser's queries, so that the first paint asks for nothing again. */
export function Hydrate({ known, children }: { known: readonly Known[]; children: ReactNode }) {
  const client = new QueryClient();
  for (const [key, data] of known) client.setQueryData(key, data);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {children}
      <ReadAgain drawn={known.map(([key]) => key)} />
    </HydrationBoundary>
  );
}
