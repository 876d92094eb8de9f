"use client";

import { useQuery } from "@tanstack/react-query";
import { type ComponentType } from "react";
import type { Me } from "@/components/act/form-values";
import { Said } from "@/components/act/said";
import { Timeline } from "@/components/list/timeline";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { MaybeOld } from "@/components/shell/reading";
import { Section } from "@/components/ui/section";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { escalationDetail } from "@/lib/areas/escalation/queries/options";
import { ActionsPanel } from "./actions-panel";
import { DetailHead } from "./detail-head";
import type { FormProps } from "./form-props";
import { WhatComesNext } from "./reach";
import { Related } from "./related";
import { RecordsPanel, RunPanel } from "./run-panel";
import type { EscalationActions } from "./use-act";

type Props = {
  id: string;
  me: Me;
  actions: EscalationActions;
  mostSeconds: number;
  from: string;
  /** Of another area, so the page hands them in. */
  OverrideForm: ComponentType<FormProps>;
  Overrides: ComponentType<{ overrides: EscalationDetail["overrides"]; serverNow: string }>;
};

/** One item: its head, what happened, what may be done, and everything that was done. Kept true by the live stream. */
export function Detail({ id, me, actions, mostSeconds, from, OverrideForm, Overrides }: Props) {
  const item = useQuery(escalationDetail(id));
  const serverNow = useServerNow(item.data?.now);
  return (
    <WhenRead of={item} reading="Reading the escalation" rows={6}>
      {(data) => (
        <article className="space-y-4 px-4 pt-2 pb-8 wrap-anywhere">
          <DetailHead detail={data} me={me} serverNow={serverNow} from={from} />
          <MaybeOld error={item.error} now={data.now} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
            <div className="xl:order-2">
              <ActionsPanel
                detail={data}
                me={me}
                actions={actions}
                mostSeconds={mostSeconds}
                serverNow={serverNow}
                OverrideForm={OverrideForm}
              />
            </div>
            <div className="min-w-0 space-y-4">
              {isActive(data.status) && <WhatComesNext detail={data} serverNow={serverNow} />}
              <Overrides overrides={data.overrides} serverNow={serverNow} />
              <Finding detail={data} />
              {data.runId !== null && <RunPanel run={data.run} runId={data.runId} headline={data.reason} />}
              {data.runId !== null && <RecordsPanel records={data.records} headline={data.reason} />}
              <Related items={data.related} serverNow={serverNow} />
              <Timeline entries={data.timeline} />
            </div>
          </div>
        </article>
      )}
    </WhenRead>
  );
}

/** What was found out, where the path asks for it and somebody has said it. */
function Finding({ detail }: { detail: EscalationDetail }) {
  if (!detail.finding) return null;
  return (
    <Section
      title={detail.path === "integrity" ? "Root cause" : "Finding"}
      aside={detail.adapterChange ? "adapter change required" : undefined}
    >
      <Said text={detail.finding} />
    </Section>
  );
}
