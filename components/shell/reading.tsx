"use client";

import { Notice } from "@/components/ui/notice";
import { Problem } from "@/components/ui/problem";
import { AsOf } from "@/components/ui/time";
import { QueryError } from "@/lib/kernel/query/fetch-json";
import { useLiveState } from "./live-sign";
import { useOtherPerson } from "./use-other-person";

/** What was asked for could not be read, and nothing of it is known. */
export function Unreadable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className="p-4">
      <Problem
        message={error.message}
        requestId={error instanceof QueryError ? error.requestId : null}
        onRetry={onRetry}
      />
    </div>
  );
}

/** What is shown may be old: since when, and why. Nothing while it is kept true. */
export function MaybeOld({ error, now }: { error: Error | null; now: string }) {
  const live = useLiveState();
  const paused = useOtherPerson() !== undefined;
  if (live !== "broken" && !error && !paused) return null;
  return (
    <Notice tone="amber" icon="hourglass" live="polite">
      As of <AsOf at={now} serverNow={now} /> ·{" "}
      {paused ? "not kept up to date" : live === "broken" ? "reconnecting" : error?.message}
    </Notice>
  );
}
