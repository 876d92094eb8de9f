import type { ListQuery } from "@/lib/contracts/escalations";

const order = ["state", "sort", "path", "sla", "priority", "lane", "owner", "level", "claim", "columns", "after", "before"] as const satisfies readonly (keyof ListQuery)[];
const defaults: Partial<ListQuery> = { state: "active", sort: "due" };

/** A list query as the address bar says it: one order, defaults left out, so that the same view always has the same address. */
export function listParameters(query: ListQuery): string {
  const parameters = new URLSearchParams();
  for (const name of order) {
    const value = query[name];
    if (value !== undefined && value !== defaults[name]) parameters.set(name, String(value));
  }
  return parameters.toString();
}

/** The address of a list with some of its query changed. Any change but of the position starts from the first page. */
export function listAddress(query: ListQuery, change: Partial<ListQuery> = {}): string {
  const text = listParameters({ ...query, after: undefined, before: undefined, ...change });
  return text ? `/escalations?${text}` : "/escalations";
}

/** What a list query says of which rows are read; which columns show them is no part of it. */
export const rowsQuery = (query: ListQuery): ListQuery => ({ ...query, columns: undefined });
