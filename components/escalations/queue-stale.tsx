"use client";

import { useLiveState } from "@/components/shell/live-sign";
import { Sign } from "@/components/ui/sign";
import { AsOf } from "@/components/ui/time";
import { QueryError } from "@/lib/queries/fetch-json";

/** Rows that may be old say so, and since when; in the head, where it moves no row under the pointer. */
export function QueueStale({ error, now }: { error: Error | null; now: string | null }) {
  const live = useLiveState();
  if (!now || (live !== "broken" && !error)) return null;
  return (
    <span role="status" className="text-sm">
      <Sign tone="amber" icon="hourglass">
        Rows as of <AsOf at={now} serverNow={now} />
        {live !== "broken" && ` · ${error?.message}`}
      </Sign>
      {error instanceof QueryError && error.code === "UNAUTHENTICATED" && (
        <>
          {" "}
          <a href="/sign-in" className="underline">
            Sign in again
          </a>
        </>
      )}
    </span>
  );
}
