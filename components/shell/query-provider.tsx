"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { connectLive } from "@/lib/queries/live";
import { queryClient } from "@/lib/queries/query-client";

/** The page's queries, and the live stream that keeps them true. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(queryClient);
  useEffect(() => connectLive(client), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
