import type { ListQuery } from "@/lib/areas/escalation/contract";
import { writeListQuery } from "@/lib/areas/escalation/list-query";

/** A list query as the address bar says it. */
export const listParameters = writeListQuery;

/** The address of a list with some of its query changed. Any change but of the position starts from the first page. */
export function listAddress(query: ListQuery, change: Partial<ListQuery> = {}): string {
  const text = listParameters({ ...query, after: undefined, before: undefined, ...change });
  return text ? `/escalations?${text}` : "/escalations";
}

/** What a list query says of which rows are read; which columns show them is no part of it. */
export const rowsQuery = (query: ListQuery): ListQuery => ({ ...query, columns: undefined });
