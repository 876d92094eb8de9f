"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Timeline } from "@/components/list/timeline";
import { MaybeOld, Unreadable } from "@/components/shell/reading";
import { SkeletonRows } from "@/components/ui/skeleton";
import { overrideDetail } from "@/lib/areas/override/queries/options";
import { observeFirstPaint } from "@/lib/kernel/query/server-clock";
import { BlastRadius } from "./blast-radius";
import { DetailHead } from "./detail-head";
import { OverridePanel } from "./override-panel";
import type { OverrideActions } from "./use-override-act";

/** One override: its head, what it lets pass, what may be done, and everything that was done. Kept true by the live stream. */
export function Detail({ id, most, actions }: { id: string; most: number; actions: OverrideActions }) {
  const { data, error, refetch } = useQuery(overrideDetail(id));
  const [firstNow] = useState(data?.now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);

  if (!data)
    return error ? (
      <Unreadable error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows count={6} label="Reading the override" />
    );
  const serverNow = firstNow || data.now;
  return (
    <article className="space-y-4 px-4 pt-2 pb-8 wrap-anywhere">
      <DetailHead detail={data} serverNow={serverNow} />
      <MaybeOld error={error} now={data.now} serverNow={serverNow} />
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
  );
}
