import type { ListQuery } from "./contract";

const order = [
  "state",
  "sort",
  "path",
  "sla",
  "priority",
  "lane",
  "owner",
  "level",
  "claim",
  "columns",
  "after",
  "before",
] as const satisfies readonly (keyof ListQuery)[];
const defaults: Partial<ListQuery> = { state: "active", sort: "due" };

/**
 * A list query as the address bar says it: one order, defaults left out, so that the same view always has the same address. Every page
 * of the queue writes addresses, none reads them: what reads them, and its validation, is in list-view.ts.
 */
export function writeListQuery(query: ListQuery): string {
  const parameters = new URLSearchParams();
  for (const name of order) {
    const value = query[name];
    if (value !== undefined && value !== defaults[name]) parameters.set(name, String(value));
  }
  return parameters.toString();
}
