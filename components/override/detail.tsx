"use client";

import { useQuery } from "@tanstack/react-query";
import { Timeline } from "@/components/list/timeline";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { MaybeOld } from "@/components/shell/reading";
import { overrideDetail } from "@/lib/areas/override/queries/options";
import { BlastRadius } from "./blast-radius";
import { DetailHead } from "./detail-head";
import { OverridePanel } from "./override-panel";
import type { OverrideActions } from "./use-override-act";

/** One override: its head, what it lets pass, what may be done, and everything that was done. Kept true by the live stream. */
export function Detail({ id, most, actions }: { id: string; most: number; actions: OverrideActions }) {
  const item = useQuery(overrideDetail(id));
  const serverNow = useServerNow(item.data?.now);
  return (
    <WhenRead of={item} reading="Reading the override" rows={6}>
      {(data) => (
        <article className="space-y-4 px-4 pt-2 pb-8 wrap-anywhere">
          <DetailHead detail={data} serverNow={serverNow} />
          <MaybeOld error={item.error} now={data.now} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_28rem] xl:grid-rows-[auto_1fr]">
            <div className="min-w-0 xl:col-start-1">
              <BlastRadius detail={data} serverNow={serverNow} />
            </div>
            <div className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
              <OverridePanel detail={data} most={most} actions={actions} serverNow={serverNow} />
            </div>
            <div className="min-w-0 xl:col-start-1">
              <Timeline entries={data.timeline} />
            </div>
          </div>
        </article>
      )}
    </WhenRead>
  );
}
