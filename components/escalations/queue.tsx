"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { announce } from "@/components/shell/announcer";
import { useLiveState } from "@/components/shell/live-sign";
import { Unreadable } from "@/components/shell/reading";
import { Sign } from "@/components/ui/sign";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AsOf } from "@/components/ui/time";
import type { EscalationRow, ListQuery, MayDo } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { listAddress } from "@/lib/queries/list-parameters";
import { patchRow } from "@/lib/queries/merge-escalation";
import { escalationList, queueSummaryQuery } from "@/lib/queries/options";
import { QueryError } from "@/lib/queries/fetch-json";
import { observeFirstPaint } from "@/lib/queries/server-clock";
import { BreachAnnouncer } from "./breach-announcer";
import { EmptyQueue } from "./empty-queue";
import type { Me } from "./prepare";
import { QueueFilters } from "./queue-filters";
import { QueueTable } from "./queue-table";
import { StandingLine } from "./standing-line";
import { useAct, type EscalationActions } from "./use-act";
import { useQueueKeys } from "./use-queue-keys";

type Props = { query: ListQuery; me: Me; mayClaim: MayDo; actions: Pick<EscalationActions, "claim"> };

const none: EscalationRow[] = [];

/** The escalation queue: what stands, what is filtered, and the rows, all kept true by the live stream. */
export function Queue({ query, me, mayClaim, actions }: Props) {
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...escalationList(query), placeholderData: keepPreviousData });
  const { data: summary } = useQuery(queueSummaryQuery);
  const rows = data?.rows ?? none;
  // The instant the first paint was drawn from; later ones come with the clock.
  const [firstNow] = useState(data?.now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);
  const claim = useClaim(me, mayClaim, actions.claim);
  useQueueKeys(rows, claim);

  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5">
        <h1 className="text-lg font-semibold">Escalations</h1>
        <StandingLine />
        <Stale error={data ? error : null} now={data?.now ?? null} />
      </header>
      <QueueFilters query={query} summary={summary} />
      {!data && error && <Unreadable error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={20} label="Reading the queue" />}
      {data && (
        <div className={isPlaceholderData ? "opacity-60" : undefined}>
          {rows.length > 0 && <QueueTable rows={rows} me={me} serverNow={firstNow || data.now} view={query.state} />}
          {rows.length === 0 && <EmptyQueue query={query} summary={summary} />}
          <Pages query={query} next={data.next} />
          {query.state === "active" && <BreachAnnouncer rows={rows} serverNow={firstNow || data.now} />}
        </div>
      )}
    </>
  );
}

/** Claims at once on the screen, and takes it back when the server says no. */
function useClaim(me: Me, mayClaim: MayDo, claim: EscalationActions["claim"]) {
  const client = useQueryClient();
  const act = useAct();
  return useCallback(
    (row: EscalationRow) => {
      if (!mayClaim.allowed) return announce(mayClaim.because, "amber");
      if (!isActive(row.status)) return announce(`${row.runId} is closed already.`, "amber");
      if (row.claimedBy) return announce(row.claimedBy.id === me.id ? `You have claimed ${row.runId} already.` : `${row.claimedBy.name} has claimed ${row.runId} already.`, "amber");
      patchRow(client, row.id, { status: "claimed", claimedBy: me });
      void act(row.id, () => claim({ id: row.id, version: row.version })).then((failure) => {
        if (failure) patchRow(client, row.id, { status: row.status, claimedBy: row.claimedBy });
        announce(failure ? failure.message : `You claimed ${row.runId}.`, failure ? "red" : "green");
      });
    },
    [client, act, me, mayClaim, claim],
  );
}

/** Rows that may be old say so, and since when; in the head, where it moves no row under the pointer. */
function Stale({ error, now }: { error: Error | null; now: string | null }) {
  const live = useLiveState();
  if (!now || (live !== "broken" && !error)) return null;
  return (
    <span role="status" className="ml-auto text-sm">
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

function Pages({ query, next }: { query: ListQuery; next: string | null }) {
  if (!next && !query.after) return null;
  return (
    <nav aria-label="Pages of the queue" className="flex gap-6 px-4 py-3">
      {query.after && (
        <Link href={listAddress(query)} prefetch={false} className="text-accent underline">
          Back to the first
        </Link>
      )}
      {next && (
        <Link href={listAddress(query, { after: next })} prefetch={false} className="text-accent underline">
          Next 50
        </Link>
      )}
    </nav>
  );
}
