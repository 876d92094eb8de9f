"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

export type AddressQuery<Query> = {
  /** As it is in the address, or as it was just chosen. */
  query: Query;
  /** Its rows are on their way. */
  pending: boolean;
  /** Shows the list of another query. */
  go: (query: Query) => void;
  /** Says it in the address where the same rows stay. */
  replace: (query: Query) => void;
};

/** A list's query, all of it in the address. What was chosen shows at once, while the rows are on their way. `current`: the same object as long as it is the same query. */
export function useAddressQuery<Query>(current: Query, addressOf: (query: Query) => string): AddressQuery<Query> {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useOptimistic(current);
  return {
    query,
    pending,
    go: (next) =>
      startTransition(() => {
        setQuery(next);
        router.push(addressOf(next));
      }),
    // At once, too: a second choice builds on the first, also before the address has it.
    replace: (next) =>
      startTransition(() => {
        setQuery(next);
        window.history.replaceState(null, "", addressOf(next));
      }),
  };
}
