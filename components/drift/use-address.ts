"use client";

import { useSearchParams } from "next/navigation";

/** What the address says beside the page's own query, and a way to say something else there without reading the page again. */
export function useAddress() {
  const parameters = useSearchParams();
  return {
    get: (name: string) => parameters.get(name),
    set(values: Readonly<Record<string, string | null>>) {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      window.history.replaceState(null, "", query ? `?${query}` : window.location.pathname);
    },
  };
}
