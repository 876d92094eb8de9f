import { listQuerySchema, type ListQuery } from "./escalations";

const order = ["state", "sort", "path", "sla", "priority", "lane", "owner", "level", "claim", "columns", "after", "before"] as const satisfies readonly (keyof ListQuery)[];
const defaults: Partial<ListQuery> = { state: "active", sort: "due" };

/** A list query as the address bar says it: one order, defaults left out, so that the same view always has the same address. */
export function writeListQuery(query: ListQuery): string {
  const parameters = new URLSearchParams();
  for (const name of order) {
    const value = query[name];
    if (value !== undefined && value !== defaults[name]) parameters.set(name, String(value));
  }
  return parameters.toString();
}

/** What an address says behind its question mark, of a view: unknown and unusable parts left out, and the position in it. */
export function viewOf(text: string): string {
  return writeListQuery({ ...listQuerySchema.parse(Object.fromEntries(new URLSearchParams(text))), after: undefined, before: undefined });
}
