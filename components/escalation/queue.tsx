"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { Me } from "@/components/act/form-values";
import { ListHead } from "@/components/list/list-head";
import { useServerNow } from "@/components/list/use-server-now";
import type { ViewActions } from "@/components/list/views-menu";
import { WhenRead } from "@/components/list/when-read";
import { announce } from "@/components/shell/announcer";
import { useGo } from "@/components/shell/use-go";
import { shownColumns } from "@/components/table/columns";
import { Table } from "@/components/table/table";
import { useSelection, type Selection } from "@/components/table/use-selection";
import { LinkButton } from "@/components/ui/link-button";
import type { EscalationRow, ListQuery } from "@/lib/areas/escalation/contract";
import type { BulkAct } from "@/lib/areas/escalation/domain/stays";
import { mostAtOnce } from "@/lib/areas/escalation/limits";
import { listParameters, rowsQuery } from "@/lib/areas/escalation/queries/list-parameters";
import { findNextItem } from "@/lib/areas/escalation/queries/next-item";
import { queueSummaryQuery } from "@/lib/areas/escalation/queries/options";
import type { ActKey } from "@/lib/kernel/act/view";
import { saySubject } from "@/lib/kernel/words/subjects";
import { BreachAnnouncer } from "./breach-announcer";
import type { ActOnMany } from "./bulk-bar";
import { EmptyQueue } from "./empty-queue";
import { itemAddress } from "./prepare-address";
import type { Rights } from "./prepare-selection";
import { queueTables } from "./queue-columns";
import { QueueFilters } from "./queue-filters";
import { QueueMenus } from "./queue-menus";
import { QueuePages } from "./queue-pages";
import { QueueStale } from "./queue-stale";
import { StandingLine } from "./standing-line";
import type { EscalationActions } from "./use-act";
import { useClaim } from "./use-claim";
import { useListQuery } from "./use-list-query";
import { useQueueKeys } from "./use-queue-keys";
import { useReadNear, useScrolledList, type NearPage } from "./use-scrolled-list";

// What the first look does not need comes when it is first asked for.
const BulkBar = lazy(() => import("./bulk-bar"));

type QueueActions = Pick<EscalationActions, "act"> & ViewActions & { many: ActOnMany };

type Props = { query: ListQuery; me: Me; may: Rights; keys: readonly ActKey[]; actions: QueueActions };

/** Whatever rows are shown in whatever order: which items the list is of. */
const scopeOf = (query: ListQuery): string =>
  listParameters({ ...rowsQuery(query), sort: "due", after: undefined, before: undefined });

const firstPage = (query: ListQuery): ListQuery => ({ ...query, after: undefined, before: undefined });
/** An item knows which view it was opened from. */
const addressOf = (id: string): string => itemAddress(id, window.location.search.slice(1));
const nameOf = ({ subject }: EscalationRow): string => saySubject(subject);

/** The escalation queue: what stands, what is filtered, and the rows, all kept true by the live stream. */
export function Queue({ query: asked, me, may, keys, actions }: Props) {
  const scrolled = useScrolledList(asked);
  const { data, error, isPlaceholderData, rows, above, newest } = scrolled;
  const { data: summary } = useQuery(queueSummaryQuery);
  const list = useListQuery(asked);
  const { state, columns: chosen } = list.query;
  const table = queueTables[asked.state];
  const columns = useMemo(() => shownColumns(table.columns, chosen), [table, chosen]);
  const serverNow = useServerNow(newest?.now);
  const known = useMemo(() => ({ me, serverNow }), [me, serverNow]);
  const selection = useSelection({ scope: scopeOf(asked), loaded: rows, most: mostAtOnce });
  const [form, setForm] = useState<BulkAct | null>(null);
  const next = useNextItem(asked);
  useQueueKeys({
    ...{ keys, rows, above, next, ask: setForm, clear: selection.clear, claim: useClaim(me, may.claim, actions) },
    selected: selection.items.size > 0,
    toggle: (row) => asked.state === "active" && selection.set([row], !selection.items.has(row.id)),
  });

  return (
    <>
      <ListHead
        title="Escalations"
        end={
          <>
            {Object.values(may.claim).some(({ allowed }) => allowed) && (
              <LinkButton href="/escalations/new">New item</LinkButton>
            )}
            <QueueMenus list={list} actions={actions} />
          </>
        }
      >
        <StandingLine />
        <QueueStale error={data ? error : null} now={newest?.now ?? null} />
      </ListHead>
      <QueueFilters list={list} page={newest} rows={rows} summary={summary} />
      <WhenRead of={scrolled} reading="Reading the queue" rows={20}>
        {() => (
          <div className={`rows-list ${isPlaceholderData ? "opacity-60" : ""}`}>
            {rows.length > 0 && (
              <Table
                {...{ rows, columns, known, addressOf, above }}
                caption={table.caption}
                order={
                  state === "active"
                    ? { now: list.query.sort, by: (sort) => list.go({ ...firstPage(list.query), sort }) }
                    : undefined
                }
                select={asked.state === "active" ? { selection, nameOf } : null}
                top={scrolled.top}
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
              {...{ me, may, keys, serverNow }}
              many={actions.many}
            />
            {state === "active" && <BreachAnnouncer rows={rows} serverNow={serverNow} />}
          </div>
        )}
      </WhenRead>
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

type SelectedProps = {
  selection: Selection<EscalationRow>;
  rows: readonly EscalationRow[];
  form: BulkAct | null;
  setForm: (act: BulkAct | null) => void;
  me: Me;
  may: Rights;
  keys: readonly ActKey[];
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
