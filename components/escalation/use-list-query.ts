"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useMemo, useOptimistic, useTransition } from "react";
import type { Column, ListQuery } from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { choosable } from "./queue-columns";

export type ListState = {
  /** As it is in the address, or as it was just chosen. */
  query: ListQuery;
  pending: boolean;
  /** Shows the list of another query, from its first page. */
  go: (query: ListQuery) => void;
  show: (columns: Column[] | undefined) => void;
};

/** The list's query, all of it in the address. What was chosen shows at once, while the rows are on their way; columns need no rows. */
export function useListQuery(asked: ListQuery): ListState {
  const router = useRouter();
  const names = useSearchParams().get("columns");
  const current = useMemo(
    (): ListQuery => ({
      ...asked,
      columns: names === null ? undefined : choosable.filter((name) => names.split(",").includes(name)),
    }),
    [asked, names],
  );
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useOptimistic(current);
  return {
    query,
    pending,
    go: (next) =>
      startTransition(() => {
        setQuery(next);
        router.push(listAddress(next));
      }),
    // At once, too: a second choice builds on the first, also before the address has it.
    show: (columns) =>
      startTransition(() => {
        setQuery({ ...query, columns });
        window.history.replaceState(
          null,
          "",
          listAddress(query, { columns, after: query.after, before: query.before }),
        );
      }),
  };
}
