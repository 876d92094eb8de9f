"use client";

import { useQuery } from "@tanstack/react-query";
import { useHydrated } from "@/components/shell/use-hydrated";
import type { OverrideCounts } from "@/lib/areas/override/contract";
import { overrideCountsQuery } from "@/lib/areas/override/queries/options";

/** The figures of the overrides. They are the browser's alone: null on the server and while hydrating, and until they were first read. */
export function useOverrideCounts(): OverrideCounts | null {
  const { data } = useQuery(overrideCountsQuery);
  return (useHydrated() && data) || null;
}
