import { queryOptions } from "@tanstack/react-query";
import type { DutyView } from "@/lib/contracts/duty";
import { fetchJson } from "./fetch-json";

export const dutyKeys = { duty: ["duty"] as const };

export const dutyQuery = queryOptions({
  queryKey: dutyKeys.duty,
  queryFn: ({ signal }) => fetchJson<DutyView>("/api/duty", signal),
});
