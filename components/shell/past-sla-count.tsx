"use client";

import { useQuery } from "@tanstack/react-query";
import { sayCount } from "@/lib/format/quantities";
import { queueSummaryQuery } from "@/lib/queries/options";

/** How many open items are past their SLA: red, and with the word. Nothing when there are none or it is not known. */
export function PastSlaCount() {
  const { data } = useQuery(queueSummaryQuery);
  if (!data?.pastSla) return null;
  return <span className="rounded bg-red-wash px-1.5 text-xs font-semibold text-red">{sayCount(data.pastSla)} past</span>;
}
