"use client";

import { sayCount } from "@/lib/kernel/words/quantities";
import { useEvidencePicks } from "./evidence-picks";

/** A line of the telemetry by its number; while a decision is made, one that can be picked as its evidence. */
export function PickLine({ line }: { line: number | null }) {
  const picks = useEvidencePicks();
  if (line === null) return "–";
  if (!picks) return sayCount(line);
  return (
    <label className="inline-flex items-center gap-1.5">
      <input
        type="checkbox"
        checked={picks.lines.includes(line)}
        onChange={() => picks.toggle(line)}
        aria-label={`Line ${sayCount(line)} is evidence`}
      />
      {sayCount(line)}
    </label>
  );
}
