"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useHydrated } from "@/components/shell/use-hydrated";
import { useTicking } from "@/components/ui/time";
import type { QueueSummary } from "@/lib/areas/escalation/contract";
import { escalationKeys, queueSummaryQuery } from "@/lib/areas/escalation/queries/options";
import { sayCount } from "@/lib/kernel/words/quantities";

/** One answer of the server's serves for a second; a breach is counted in the next. */
const AFTER_BREACH_MS = 1_200;

/** How many open items are past their SLA: red, and with the word. Nothing when there are none, or it is not known yet. */
export function PastSlaCount() {
  const { data } = useQuery(queueSummaryQuery);
  if (!useHydrated() || !data) return null;
  return (
    <>
      {data.pastSla > 0 && (
        <span className="rounded bg-red-wash px-1.5 text-xs font-semibold text-red">{sayCount(data.pastSla)} past</span>
      )}
      <Recount summary={data} />
    </>
  );
}

/** No news comes when a clock runs out, so the figures are read again when the next one does. */
function Recount({ summary }: { summary: QueueSummary }) {
  const client = useQueryClient();
  const { nextDueAt } = summary;
  const missed = useTicking((now) => nextDueAt !== null && now > Date.parse(nextDueAt), summary.now);
  useEffect(() => {
    if (!missed) return;
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: escalationKeys.summary }),
      AFTER_BREACH_MS,
    );
    return () => clearTimeout(timer);
  }, [missed, summary, client]);
  return null;
}
