import type { ListQuery } from "@/lib/areas/escalation/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { listParameters, rowsQuery } from "./list-parameters";

/** The id of the next item of a list, after `from` or from its beginning, that the person may take; null when there is none. Refuses with a QueryError. */
export async function findNextItem(query: ListQuery, from?: string): Promise<string | null> {
  const parameters = new URLSearchParams(listParameters({ ...rowsQuery(query), after: undefined, before: undefined }));
  if (from) parameters.set("from", from);
  return (await fetchJson<{ id: string | null }>(`/api/escalations/next?${parameters}`)).id;
}
