import { queryOptions } from "@tanstack/react-query";
import type { DutyView } from "@/lib/areas/duty/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";

export const dutyKeys = { duty: ["duty"] as const };

export const dutyQuery = queryOptions({
  queryKey: dutyKeys.duty,
  queryFn: ({ signal }) => fetchJson<DutyView>("/api/duty", signal),
});
