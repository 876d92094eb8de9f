import { queryOptions } from "@tanstack/react-query";
import { fetchPerson } from "@/lib/kernel/query/fetch-json";

export const personKeys = { person: ["person"] as const };

/** Who is signed in now, whosever page this is. */
export const personQuery = queryOptions({
  queryKey: personKeys.person,
  queryFn: ({ signal }) => fetchPerson(signal),
});
