"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useAddressQuery, type AddressQuery } from "@/components/list/use-address-query";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { chosenIn } from "./queue-columns";

export type ListState = AddressQuery<ListQuery>;

const addressOf = (query: ListQuery): string => listAddress(query, { after: query.after, before: query.before });

/** The list's query. Which columns it has is read from the address here: they need no rows. */
export function useListQuery(asked: ListQuery): ListState {
  const names = useSearchParams().get("columns");
  const current = useMemo(
    (): ListQuery => ({ ...asked, columns: names === null ? undefined : chosenIn(names.split(",")) }),
    [asked, names],
  );
  return useAddressQuery(current, addressOf);
}
