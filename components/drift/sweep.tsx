"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/components/act/failure";
import { useServerNow } from "@/components/list/use-server-now";
import { WhenRead } from "@/components/list/when-read";
import { announce } from "@/components/shell/announcer";
import { ask, type AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago, Exact, Ticking, useTicking } from "@/components/ui/time";
import type { SweepNowInput, SweepRow, SweepView } from "@/lib/areas/drift/contract";
import { sweepParts, type SweepResult } from "@/lib/areas/drift/domain/sweep-result";
import { driftKeys, sweepQuery } from "@/lib/areas/drift/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { partNames, preparePart, sayBy, sayDue, signOf, signOfPart } from "./prepare-sweep";

export type SweepNow = (input: SweepNowInput) => Promise<ActionResult<SweepView>>;

/** What the last sweep found and how old that is, what runs or comes next, and who may ask for one. */
export function Sweep({ sweepNow }: { sweepNow: SweepNow }) {
  const sweeps = useQuery(sweepQuery);
  const serverNow = useServerNow(sweeps.data?.now);
  return (
    <WhenRead of={sweeps} reading="Reading the sweeps" rows={4} asOf={({ now }) => now}>
      {(view) => (
        <Section title="Sweep" aside={<Next view={view} serverNow={serverNow} />}>
          <Under view={view} serverNow={serverNow} />
          {view.done ? (
            <Last done={view.done} overdueAt={view.overdueAt} serverNow={serverNow} />
          ) : (
            <p className="text-sm">No sweep has a result yet: nothing is known.</p>
          )}
          <Asking view={view} sweepNow={sweepNow} />
          <History recent={view.recent} serverNow={serverNow} />
        </Section>
      )}
    </WhenRead>
  );
}

function Next({ view: { dueAt, everyMinutes }, serverNow }: { view: SweepView; serverNow: string }) {
  return dueAt && <Ticking says={(now) => sayDue(dueAt, everyMinutes, now)} serverNow={serverNow} />;
}

/** The one that is open, or why the last one has no result. */
function Under({ view: { recent }, serverNow }: { view: SweepView; serverNow: string }) {
  const [last] = recent;
  if (!last || last.result) return null;
  if (last.problem)
    return (
      <Notice tone="amber" live="polite">
        The last sweep, <Ago at={last.endedAt ?? last.askedAt} serverNow={serverNow} />, has no result. {last.problem}
      </Notice>
    );
  return (
    <p role="status" className="text-sm">
      <Sign tone="amber" icon="hourglass">
        {last.begunAt ? "A sweep is running" : "A sweep waits for the worker"}
      </Sign>
      , asked for <Ago at={last.askedAt} serverNow={serverNow} /> {sayBy(last.by)}
    </p>
  );
}

function Last({ done, overdueAt, serverNow }: { done: SweepRow; overdueAt: string | null; serverNow: string }) {
  const isOld = useTicking((now) => overdueAt !== null && now > Date.parse(overdueAt), serverNow);
  const { begunAt, askedAt, result } = done;
  const at = begunAt ?? askedAt;
  return (
    <>
      {isOld && (
        <Notice tone="amber" icon="clock" live="polite">
          No sweep has run since <Exact at={at} />: one should have by now. What is below is what was found then, and
          may not be how things are.
        </Notice>
      )}
      {result ? (
        <>
          <p className="flex flex-wrap items-baseline gap-x-3">
            <Sign {...signOf(result, isOld)}>{signOf(result, isOld).says}</Sign>
            <span className="text-sm text-muted">
              <Ago at={at} serverNow={serverNow} />, <bdi>{sayBy(done.by)}</bdi>
            </span>
          </p>
          <Parts result={result} />
        </>
      ) : (
        <p className="text-sm">{done.problem}</p>
      )}
    </>
  );
}

function Parts({ result }: { result: SweepResult }) {
  return (
    <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
      {sweepParts.map((name) => {
        const { says, more } = preparePart(name, result[name]);
        const { tone, icon, says: verdict } = signOfPart(name, result[name]);
        return (
          <div key={name} className="min-w-0">
            <dt className="flex flex-wrap gap-x-3 font-medium">
              {partNames[name]}
              <Sign tone={tone} icon={icon}>
                {verdict}
              </Sign>
            </dt>
            <dd className="text-muted">
              <ul>
                {says.map((sentence, at) => (
                  // Sentences may be equal.
                  <li key={at}>
                    <bdi>{sentence}</bdi>
                  </li>
                ))}
              </ul>
              {more}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Asking({ view, sweepNow }: { view: SweepView; sweepNow: SweepNow }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const [last] = view.recent;
  if (!view.may.allowed) return <p className="text-sm text-muted">{view.may.because}</p>;

  const press = async () => {
    setBusy(true);
    const answer = await ask(() => sweepNow({ seen: last?.id ?? null }));
    setBusy(false);
    setFailure(answer.done ? null : answer.failure);
    if (!answer.done) return void client.invalidateQueries({ queryKey: driftKeys.sweep });
    client.setQueryData(driftKeys.sweep, answer.data);
    announce("The sweep is asked for; its result appears here.", "green");
  };

  return (
    <>
      {failure && <Failure failure={failure} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          pending={busy || (last !== undefined && !last.endedAt)}
          onClick={() => void press()}
          aria-describedby="sweep-does"
        >
          Sweep now
        </Button>
        <span id="sweep-does" className="min-w-48 flex-1 text-sm text-muted">
          Looks at drift, its budget, what is past its SLA and thegent’s run registry, as `govern sweep --audit` does.
          Nothing is changed by it.
        </span>
      </div>
    </>
  );
}

function History({ recent, serverNow }: { recent: readonly SweepRow[]; serverNow: string }) {
  const ended = recent.filter(({ endedAt }) => endedAt !== null);
  if (ended.length < 2) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted">The last {ended.length} sweeps</summary>
      <ol className="mt-1 space-y-1" aria-label="The last sweeps">
        {ended.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-3">
            {row.result ? (
              <Sign {...signOf(row.result, false)}>{signOf(row.result, false).says}</Sign>
            ) : (
              <Sign tone="amber" icon="unknown">
                No result
              </Sign>
            )}
            <span className="text-muted">
              <Ago at={row.begunAt ?? row.askedAt} serverNow={serverNow} />, <bdi>{sayBy(row.by)}</bdi>
            </span>
            {row.problem && <span className="text-muted">{row.problem}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
