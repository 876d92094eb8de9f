"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Timeline } from "@/components/list/timeline";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { MaybeOld } from "@/components/shell/reading";
import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import { episodeQuery } from "@/lib/areas/drift/queries/options";
import { Decision, useDecision } from "./decision";
import { EpisodeHead } from "./episode-head";
import { EvidenceContext } from "./evidence-picks";
import { Outcome } from "./outcome";
import { linesOf } from "./prepare-decision";
import type { EpisodeActions } from "./use-episode-act";

type Props = { id: string; actions: EpisodeActions; children?: ReactNode };

/** One episode on one screen: its head, what shows it (`children`), what is decided, and everything that was done. Kept true by the live stream. */
export function Review({ id, actions, children }: Props) {
  const episode = useQuery(episodeQuery(id));
  const serverNow = useServerNow(episode.data?.now);
  return (
    <WhenRead of={episode} reading="Reading the episode" rows={6}>
      {(detail) => (
        <Screen detail={detail} error={episode.error} serverNow={serverNow} actions={actions}>
          {children}
        </Screen>
      )}
    </WhenRead>
  );
}

type ScreenProps = Omit<Props, "id"> & { detail: EpisodeDetail; error: Error | null; serverNow: string };

function Screen({ detail, error, serverNow, actions, children }: ScreenProps) {
  const decision = useDecision(detail);
  const { evidence, toggle } = decision;
  return (
    <EvidenceContext value={toggle && { lines: linesOf(evidence), toggle }}>
      <article className="space-y-4 px-4 pt-2 pb-8 wrap-anywhere">
        <EpisodeHead detail={detail} serverNow={serverNow} />
        <MaybeOld error={error} now={detail.now} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_28rem] xl:grid-rows-[auto_1fr]">
          <div className="min-w-0 space-y-4 xl:col-start-1">{children}</div>
          <div className="min-w-0 space-y-4 xl:col-start-2 xl:row-span-2 xl:row-start-1">
            <Outcome detail={detail} />
            <Decision detail={detail} decision={decision} actions={actions} serverNow={serverNow} />
          </div>
          <div className="min-w-0 xl:col-start-1">
            <Timeline entries={detail.timeline} />
          </div>
        </div>
      </article>
    </EvidenceContext>
  );
}
