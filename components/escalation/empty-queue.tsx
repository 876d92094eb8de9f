import { EmptyList } from "@/components/list/empty-list";
import type { ListQuery, QueueSummary } from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { cleared, isNarrowed } from "./queue-view";

/** No rows, and why. Whether that means all is well is said by the standing line, not here. */
export const EmptyQueue = ({ query, summary }: { query: ListQuery; summary: QueueSummary | undefined }) => (
  <EmptyList {...explain(query, summary)} />
);

function explain(
  query: ListQuery,
  summary: QueueSummary | undefined,
): { says: string; way?: { href: string; name: string } } {
  if (isNarrowed(query))
    return {
      says: "No item matches these filters.",
      way: { href: listAddress(cleared(query)), name: "Clear filters" },
    };
  if (query.after ?? query.before)
    return { says: "There are no more items here.", way: { href: listAddress(query), name: "Back to the first" } };
  if (query.state === "breaches") return { says: "No breach waits for a sign-off." };
  if (query.state === "closed") return { says: "Nothing has been closed yet." };
  if (summary?.standing.kind === "reconciled")
    return { says: "No item needs action. New items appear here by themselves." };
  return {
    says: "No open item is known here. Above it says why that may not be all.",
    way: { href: "/sources", name: "See how thegent's files are read" },
  };
}
