"use client";

import { useQuery } from "@tanstack/react-query";
import { useLiveState } from "@/components/shell/live-sign";
import { Sign } from "@/components/ui/sign";
import { AsOf, useTicking } from "@/components/ui/time";
import { queueSummaryQuery } from "@/lib/areas/escalation/queries/options";
import { prepareStanding } from "./prepare";

/** What may be claimed of the whole queue, always with the moment and the line it is claimed of. */
export function StandingLine() {
  const { data, error } = useQuery(queueSummaryQuery);
  if (!data)
    return error ? (
      <Sign tone="amber" icon="unknown">
        Not known: {error.message}
      </Sign>
    ) : null;
  return <Known summary={data} />;
}

function Known({ summary }: { summary: Parameters<typeof prepareStanding>[0] & { now: string } }) {
  const connected = useLiveState() !== "broken";
  // Only the words follow the clock; the page is drawn again when they change.
  const words = useTicking((now) => JSON.stringify(prepareStanding(summary, now, connected)), summary.now);
  const { tone, icon, says, asOf, line } = JSON.parse(words) as ReturnType<typeof prepareStanding>;
  return (
    <div role="status" className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
      <span className="min-w-0 font-medium">
        <Sign tone={tone} icon={icon} title={says}>
          {says}
        </Sign>
      </span>
      {asOf && (
        <span className="text-muted">
          {line === null ? "last read " : "as of "}
          <AsOf at={asOf} serverNow={summary.now} />
          {line !== null && `, line ${line} of escalation_queue.jsonl`}
        </span>
      )}
    </div>
  );
}
