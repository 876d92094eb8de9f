"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { Me } from "@/components/act/form-values";
import { announce } from "@/components/shell/announcer";
import { Unreadable } from "@/components/shell/reading";
import { useGo } from "@/components/shell/use-go";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { EscalationRow, ListQuery } from "@/lib/areas/escalation/contract";
import { listParameters, rowsQuery } from "@/lib/areas/escalation/queries/list-parameters";
import { findNextItem } from "@/lib/areas/escalation/queries/next-item";
import { queueSummaryQuery, viewsQuery } from "@/lib/areas/escalation/queries/options";
import { observeFirstPaint } from "@/lib/kernel/query/server-clock";
import { BreachAnnouncer } from "./breach-announcer";
import type { ActOnMany } from "./bulk-bar";
import { EmptyQueue } from "./empty-queue";
import { itemAddress } from "./prepare-address";
import type { BulkAct, Rights } from "./prepare-selection";
import { columnsOf } from "./queue-columns";
import { QueueFilters } from "./queue-filters";
import { QueueMenu } from "./queue-menu";
import { QueuePages } from "./queue-pages";
import { QueueStale } from "./queue-stale";
import { QueueTable } from "./queue-table";
import { viewName } from "./queue-view";
import { StandingLine } from "./standing-line";
import type { EscalationActions } from "./use-act";
import { useClaim } from "./use-claim";
import { useListQuery, type ListState } from "./use-list-query";
import { useQueueKeys } from "./use-queue-keys";
import { useReadNear, useScrolledList, type NearPage } from "./use-scrolled-list";
import { useSelection, type Selection } from "./use-selection";
import type { ViewActions } from "./views-menu";

// What the first look does not need comes when it is first asked for.
const ColumnsMenu = lazy(() => import("./columns-menu"));
const ViewsMenu = lazy(() => import("./views-menu"));
const BulkBar = lazy(() => import("./bulk-bar"));

type QueueActions = Pick<EscalationActions, "act"> & ViewActions & { many: ActOnMany };

type Props = { query: ListQuery; me: Me; may: Rights; actions: QueueActions };

/** Whatever rows are shown in whatever order: which items the list is of. */
const scopeOf = (query: ListQuery): string =>
  listParameters({ ...rowsQuery(query), sort: "due", after: undefined, before: undefined });

/** The escalation queue: what stands, what is filtered, and the rows, all kept true by the live stream. */
export function Queue({ query: asked, me, may, actions }: Props) {
  const scrolled = useScrolledList(asked);
  const { data, error, refetch, isPlaceholderData, rows, above, newest, first } = scrolled;
  const { data: summary } = useQuery(queueSummaryQuery);
  const list = useListQuery(asked);
  const { state, columns: chosen } = list.query;
  const columns = useMemo(() => columnsOf({ state: asked.state, columns: chosen }), [asked.state, chosen]);
  // The instant the first paint was drawn from; later ones come with the clock.
  const [firstNow] = useState(newest?.now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);
  const selection = useSelection(scopeOf(asked), rows);
  const [form, setForm] = useState<BulkAct | null>(null);
  const next = useNextItem(asked);
  useQueueKeys({
    ...{ rows, above, next, ask: setForm, clear: selection.clear, claim: useClaim(me, may.claim, actions) },
    selected: selection.items.size > 0,
    toggle: (row) => asked.state === "active" && selection.set([row], !selection.items.has(row.id)),
  });
  const serverNow = firstNow || (newest?.now ?? "");

  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5">
        <h1 className="text-lg font-semibold">Escalations</h1>
        <StandingLine />
        <QueueStale error={data ? error : null} now={newest?.now ?? null} />
        <span className="ml-auto flex gap-1.5">
          {Object.values(may.claim).some(({ allowed }) => allowed) && (
            <Link
              href="/escalations/new"
              prefetch={false}
              className="flex h-[30px] items-center rounded border border-edge bg-raised px-2 text-sm font-medium whitespace-nowrap hover:bg-surface"
            >
              New item
            </Link>
          )}
          <Menus list={list} actions={actions} />
        </span>
      </header>
      <QueueFilters list={list} page={newest} rows={rows} summary={summary} />
      {!data && error && <Unreadable error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={20} label="Reading the queue" />}
      {data && first && (
        <div className={`queue-list ${isPlaceholderData ? "opacity-60" : ""}`}>
          {rows.length > 0 && (
            <QueueTable
              {...{ rows, columns, me, serverNow, list, above }}
              top={scrolled.top}
              state={asked.state}
              selection={asked.state === "active" ? selection : null}
            />
          )}
          {rows.length === 0 && <EmptyQueue query={asked} summary={summary} />}
          <QueuePages query={list.query} scrolled={scrolled} />
          {scrolled.near.map((page, place) => (
            <ReadNear key={place} query={asked} page={page} />
          ))}
          <Selected
            selection={selection}
            rows={rows}
            form={form}
            setForm={setForm}
            {...{ me, may, serverNow }}
            many={actions.many}
          />
          {state === "active" && <BreachAnnouncer rows={rows} serverNow={serverNow} />}
        </div>
      )}
    </>
  );
}

/** Shows nothing: what is being read is watched for here, so that nothing else is drawn for it. */
function ReadNear({ query, page }: { query: ListQuery; page: NearPage }) {
  useReadNear(query, page);
  return null;
}

/** Goes to the first item of this list that the person may take. */
function useNextItem(query: ListQuery): () => void {
  const go = useGo();
  return useCallback(() => {
    findNextItem(query).then(
      (id) =>
        id ? go(itemAddress(id, listParameters(query))) : announce("There is no item in this list that you can take."),
      (error: Error) => announce(error.message, "red"),
    );
  }, [query, go]);
}

/** Views and columns. */
function Menus({ list, actions }: { list: ListState; actions: ViewActions }) {
  const builtIn = viewName(list.query);
  // Only an address that is no view of everybody's may be one that somebody kept.
  const { data: kept } = useQuery({ ...viewsQuery, enabled: builtIn === null });
  return (
    <>
      <QueueMenu name="Views of the queue" label={builtIn ?? viewName(list.query, kept) ?? "Views"}>
        {(close) => <ViewsMenu query={list.query} actions={actions} close={close} />}
      </QueueMenu>
      <span className="max-md:hidden">
        <QueueMenu name="Columns of the queue" label="Columns">
          {() => <ColumnsMenu list={list} />}
        </QueueMenu>
      </span>
    </>
  );
}

type SelectedProps = {
  selection: Selection;
  rows: readonly EscalationRow[];
  form: BulkAct | null;
  setForm: (act: BulkAct | null) => void;
  me: Me;
  may: Rights;
  many: ActOnMany;
  serverNow: string;
};

/** The bar of what is selected, from the first selection on: it also says how an act ended. */
function Selected({ selection, rows, form, setForm, ...rest }: SelectedProps) {
  const [used, setUsed] = useState(false);
  if (selection.items.size > 0 && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense>
      <BulkBar selection={selection} loaded={rows} asked={form} ask={setForm} {...rest} />
    </Suspense>
  );
}
