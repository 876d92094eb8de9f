"use client";

import { sayCount } from "@/lib/kernel/words/quantities";
import { useOverrideCounts } from "./use-override-counts";

/** In the navigation: how many requests wait for a decision, and in red how many of them past their deadline. Nothing when none or not known. */
export function AwaitingCount() {
  const counts = useOverrideCounts();
  if (!counts || counts.awaiting === 0) return null;
  if (counts.overdue === 0)
    return (
      <span className="rounded bg-accent-wash px-1.5 text-xs font-semibold text-accent">
        {sayCount(counts.awaiting)} waiting
      </span>
    );
  return (
    <span
      className="rounded bg-red-wash px-1.5 text-xs font-semibold text-red"
      title={`${sayCount(counts.awaiting)} waiting, ${sayCount(counts.overdue)} of them overdue`}
    >
      {sayCount(counts.overdue)} overdue
    </span>
  );
}
