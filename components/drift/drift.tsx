"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { MaybeOld } from "@/components/shell/reading";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { DriftView } from "@/lib/areas/drift/contract";
import type { Span } from "@/lib/areas/drift/domain/spans";
import { driftQuery } from "@/lib/areas/drift/queries/options";
import { sayShare } from "@/lib/areas/drift/words";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { Block } from "./block";
import { Circuits } from "./circuits";
import { Episodes } from "./episodes";
import { prepareBudget, sayBlock } from "./prepare";
import { Providers } from "./providers";
import { Rates } from "./rates";
import { WhatIfSection } from "./what-if-section";

/** Drift as thegent would tell it at this moment: its budgets, what got worse, and how it moved. */
export function Drift({ days, sweep }: { days: Span; /** Its panel. */ sweep: ReactNode }) {
  const drift = useQuery({
    ...driftQuery(days),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? movesEveryMs : false),
  });
  const serverNow = useServerNow(drift.data?.now);
  return (
    <WhenRead of={drift} reading="Reading drift" rows={8}>
      {(view) => <Figures view={view} error={drift.error} serverNow={serverNow} sweep={sweep} />}
    </WhenRead>
  );
}

type FiguresProps = { view: DriftView; error: Error | null; serverNow: string; sweep: ReactNode };

function Figures({ view, error, serverNow, sweep }: FiguresProps) {
  const blocked = sayBlock(view);
  return (
    <div className="max-w-6xl space-y-6 px-4 pt-2 pb-8 wrap-anywhere">
      <Head view={view} serverNow={serverNow} />
      <MaybeOld error={error} now={view.now} />
      {blocked && (
        <Notice tone="red" icon="alert" live="polite">
          {blocked}
        </Notice>
      )}
      {sweep}
      {view.counted ? (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
            <Budget view={view} />
            <Worse view={view} />
          </div>
          {view.block && <Block block={view.block} serverNow={serverNow} />}
          <Episodes episodes={view.episodes} serverNow={serverNow} />
          <Rates view={view} />
          <Providers view={view} />
          <WhatIfSection />
        </>
      ) : (
        <p className="max-w-prose text-muted">
          thegent has written no telemetry into this directory yet. Once a run’s output is checked against its contract,
          contract_telemetry.jsonl appears there, and with it the figures here.
        </p>
      )}
      <Circuits circuits={view.circuits} serverNow={serverNow} />
    </div>
  );
}

/** A circuit that is not closed changes by time alone. */
const isMoving = ({ circuits }: DriftView): boolean => circuits.some(({ state }) => state !== "closed");
const movesEveryMs = 10_000;

function Head({ view: { counted, budget }, serverNow }: { view: DriftView; serverNow: string }) {
  return (
    <header className="flex flex-wrap items-baseline gap-x-4">
      <h1 className="text-lg font-semibold">Drift</h1>
      {!budget.ok ? (
        <Sign tone="amber" icon="unknown">
          Not known
        </Sign>
      ) : budget.value.within_budget ? (
        <Sign tone="green" icon="check">
          Within budget
        </Sign>
      ) : (
        <Sign tone="red" icon="alert">
          Over budget
        </Sign>
      )}
      {counted && (
        <span className="text-sm text-muted">
          {sayMany(counted.lines, "line")} counted, the last <Ago at={counted.at} serverNow={serverNow} />
        </span>
      )}
    </header>
  );
}

function Budget({ view }: { view: DriftView }) {
  const { budget, stats } = view;
  return (
    <Section title="Budget">
      {!budget.ok && (
        <p className="text-sm">
          thegent’s own figures fail on this telemetry: {budget.because}. So does its check of the budget.
        </p>
      )}
      <dl className="space-y-3">
        {prepareBudget(view).map(({ name, rate, budget: allowed, over, says }) => (
          <div key={name} className="space-y-1">
            <dt className="flex justify-between gap-4">
              {name}
              <Sign tone={over ? "red" : "green"} icon={over ? "alert" : "check"}>
                {over ? "Over budget" : "Within budget"}
              </Sign>
            </dt>
            <dd className="space-y-1 text-sm text-muted">
              <meter
                className="h-2 w-full"
                min={0}
                max={Math.max(allowed * 2, rate)}
                low={allowed}
                high={allowed}
                optimum={0}
                value={rate}
                aria-label={name}
              />
              <p>{says}</p>
            </dd>
          </div>
        ))}
      </dl>
      {stats.ok && stats.value.total > 0 && (
        <p className="text-sm text-muted">
          Of the last {sayMany(stats.value.total, "line")}: success {sayShare(stats.value.success_rate)}, read as plain
          text {sayShare(stats.value.fallback_rate)}, confidence {stats.value.avg_confidence.toFixed(2)} on average.
        </p>
      )}
    </Section>
  );
}

function Worse({ view: { issues, counted } }: { view: DriftView }) {
  return (
    <Section
      title="What got worse"
      aside={issues.ok && issues.value.length ? sayCount(issues.value.length) : undefined}
    >
      {!issues.ok && <p className="text-sm">thegent’s own comparison fails on this telemetry: {issues.because}.</p>}
      {issues.ok && issues.value.length === 0 && (
        <p className="text-sm text-muted">
          {(counted?.lines ?? 0) < 100
            ? "Nothing is compared before there are 100 lines: the last 50 are held against those before them."
            : "Nothing: the last 50 lines are about as those before them, overall and for each provider."}
        </p>
      )}
      {issues.ok && issues.value.length > 0 && (
        <ul className="space-y-1 text-sm">
          {issues.value.map((says) => (
            <li key={says} className="flex items-baseline gap-2">
              <Icon name="alert" className="shrink-0 self-center text-amber" />
              <bdi className="min-w-0">{says}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
