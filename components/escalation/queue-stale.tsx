"use client";

import { useLiveState } from "@/components/shell/live-sign";
import { useOtherPerson } from "@/components/shell/use-other-person";
import { Sign } from "@/components/ui/sign";
import { AsOf } from "@/components/ui/time";

/** Rows that may be old say so, and since when; in the head, where it moves no row under the pointer. */
export function QueueStale({ error, now }: { error: Error | null; now: string | null }) {
  const live = useLiveState();
  const paused = useOtherPerson() !== undefined;
  if (!now || (live !== "broken" && !error && !paused)) return null;
  return (
    <span role="status" className="text-sm">
      <Sign tone="amber" icon="hourglass">
        Rows as of <AsOf at={now} serverNow={now} />
        {live !== "broken" && !paused && ` · ${error?.message}`}
      </Sign>
    </span>
  );
}
