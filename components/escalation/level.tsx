"use client";

import { useTimeZone } from "@/components/ui/time";
import { sayExact } from "@/lib/kernel/words/instants";

/** In a row: that the item was raised. Since when, on hover. */
export function LevelMark({ level, at }: { level: number; at: string | null }) {
  const zone = useTimeZone();
  if (level === 0) return null;
  return (
    <span
      className="text-xs font-medium text-muted"
      title={`Raised to level ${level}${at ? ` at ${sayExact(at, zone)}` : ""}`}
    >
      L{level}{" "}
    </span>
  );
}
