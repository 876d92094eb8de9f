"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { ListHead } from "@/components/list/list-head";
import { TabLink } from "@/components/list/tab-link";
import { LinkButton } from "@/components/ui/link-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { overridesAddress } from "@/lib/areas/override/queries/address";
import type { MayDo } from "@/lib/kernel/contract";
import type { DelegationActions } from "./delegations";
import { Findings, type SettleFinding } from "./findings";
import { HistoryFilters } from "./history-filters";
import { OverrideList } from "./override-list";
import { useOverrideCounts } from "./use-override-counts";

// What the first look does not need comes when it is first asked for.
const Figures = lazy(() => import("./figures"));
const Delegations = lazy(() => import("./delegations"));

type OverridesActions = DelegationActions & { settle: SettleFinding };

type Props = { query: OverrideQuery; mayAsk: MayDo; actions: OverridesActions };

/** Overrides: what waits for a decision, what is in force, what was, and what nobody here decided; kept true by the live stream. */
export function Overrides({ query, mayAsk, actions }: Props) {
  return (
    <>
      <ListHead
        title="Overrides"
        end={
          mayAsk.allowed ? (
            <LinkButton href="/overrides/new">Ask for an override</LinkButton>
          ) : (
            <p className="text-sm text-muted">{mayAsk.because}</p>
          )
        }
      >
        <p className="text-sm text-muted max-lg:sr-only">
          While an override holds, every run of its owner passes policy.
        </p>
      </ListHead>
      <Tabs query={query} />
      {query.tab === "history" && (
        <div className="pt-1.5">
          <HistoryFilters query={query} />
        </div>
      )}
      {query.tab === "findings" ? <Findings settle={actions.settle} /> : <OverrideList query={query} tab={query.tab} />}
      <div className="space-y-1 px-4 pt-6 pb-8">
        <More title="Figures">{() => <Figures span={{ from: query.from, to: query.to }} />}</More>
        <More title="Delegations">{() => <Delegations actions={actions} />}</More>
      </div>
    </>
  );
}

/** Closed until it is asked for; what is in it is read then. */
function More({ title, children }: { title: string; children: () => ReactNode }) {
  const [used, setUsed] = useState(false);
  return (
    <details onToggle={() => setUsed(true)} className="border-t border-line py-1.5">
      <summary className="font-medium">{title}</summary>
      <div className="pt-2 pb-3">
        {used && <Suspense fallback={<SkeletonRows count={3} label={`Reading: ${title}`} />}>{children()}</Suspense>}
      </div>
    </details>
  );
}

const tabNames: Readonly<Record<OverrideQuery["tab"], string>> = {
  awaiting: "Awaiting",
  active: "Active",
  history: "History",
  findings: "Findings",
};

function Tabs({ query }: { query: OverrideQuery }) {
  const counts = useOverrideCounts();
  const says: Partial<Record<OverrideQuery["tab"], ReactNode>> = counts
    ? {
        awaiting: (
          <>
            {counts.awaiting > 0 && counts.awaiting}
            {counts.overdue > 0 && <span className="font-semibold text-red"> {counts.overdue} overdue</span>}
          </>
        ),
        active: counts.active > 0 && counts.active,
        findings: counts.findings > 0 && <span className="font-semibold text-amber">{counts.findings} to look at</span>,
      }
    : {};
  return (
    <nav aria-label="Overrides" className="flex flex-wrap items-center gap-x-1 border-b border-line px-4 pb-1.5">
      {(Object.keys(tabNames) as OverrideQuery["tab"][]).map((tab) => (
        <TabLink key={tab} href={overridesAddress({ tab })} isHere={query.tab === tab}>
          {tabNames[tab]}
          {says[tab] && <span className="ml-1.5 text-sm">{says[tab]}</span>}
        </TabLink>
      ))}
    </nav>
  );
}
