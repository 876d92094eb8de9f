"use client";

import { useRef, type MouseEvent, type ReactNode } from "react";
import type { Me } from "@/components/act/form-values";
import { useGo } from "@/components/shell/use-go";
import type { EscalationRow, ListQuery, SortColumn } from "@/lib/areas/escalation/contract";
import { itemAddress } from "./prepare-address";
import { ariaSort, columnTable, sortAfterPress, type ColumnName } from "./queue-columns";
import { QueueRow } from "./queue-row";
import type { ListState } from "./use-list-query";
import type { Selection } from "./use-selection";

const captions: Record<ListQuery["state"], string> = {
  active: "Open escalations",
  closed: "Closed escalations",
  breaches: "Breaches that wait for a sign-off",
};

type Props = {
  rows: readonly EscalationRow[];
  columns: readonly ColumnName[];
  me: Me;
  serverNow: string;
  list: ListState;
  /** Of the rows; the list's own may be ahead of it. */
  state: ListQuery["state"];
  /** Null where nothing can be selected. */
  selection: Selection | null;
  /** Rows that are not loaded any more, above. */
  above: number;
  top: (element: Element | null) => void;
};

/**
 * A click anywhere in a row is a click on its one link, unless text was being selected. The links are plain ones and followed from here:
 * fifty of Next's own would be most of what the server has to draw. A click on a box, or beside it, selects; with Shift, all rows since the last one.
 */
function useRowClicks(rows: readonly EscalationRow[], selection: Selection | null) {
  const go = useGo();
  const last = useRef<string | null>(null);

  const pick = (box: HTMLInputElement, range: boolean) => {
    const at = (id: string | null | undefined) => rows.findIndex((row) => row.id === id);
    const to = at(box.dataset.pick);
    const from = range && at(last.current) >= 0 ? at(last.current) : to;
    last.current = box.dataset.pick ?? null;
    selection?.set(rows.slice(Math.min(from, to), Math.max(from, to) + 1), box.checked);
  };
  return (event: MouseEvent<HTMLTableElement>) => {
    if (!(event.target instanceof Element)) return;
    const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (target instanceof HTMLInputElement) return target.dataset.pick ? pick(target, shiftKey) : undefined;
    const beside = target.closest(".cell-pick")?.querySelector("input");
    if (beside)
      return beside.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
    const link = target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-row]");
    const onLink = target.closest("a") !== null;
    const modified = ctrlKey || metaKey || shiftKey || altKey;
    if (!link || (!onLink && window.getSelection()?.type === "Range")) return;
    const address = itemAddress(link.dataset.row!, window.location.search.slice(1));
    // A tab of its own, too, knows which list the item was opened from.
    if (modified) link.href = address;
    if (modified && onLink) return;
    event.preventDefault();
    if (modified)
      link.dispatchEvent(
        new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey, altKey }),
      );
    else go(address);
  };
}

/** The queue as a table. Roles are said outright, because on narrow screens the rows are laid out as grids. */
export function QueueTable({ rows, columns, me, serverNow, list, state, selection, above, top }: Props) {
  const click = useRowClicks(rows, selection);
  return (
    <table
      role="table"
      className={`queue queue-long ${columns.includes("reason") ? "" : "queue-even"}`}
      onClick={click}
    >
      <caption className="sr-only">{captions[state]}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {selection && (
            <th role="columnheader" scope="col" className="cell-pick">
              <SelectAll rows={rows} selection={selection} />
            </th>
          )}
          {columns.map((name) => (
            <Head key={name} name={name} list={list} />
          ))}
        </tr>
      </thead>
      {above > 0 && (
        <tbody aria-hidden="true">
          <tr>
            <td
              ref={top}
              colSpan={columns.length + 1}
              className="queue-space"
              style={{ height: `calc(var(--queue-row) * ${above})` }}
            />
          </tr>
        </tbody>
      )}
      <tbody role="rowgroup">
        {rows.map((row) => (
          <QueueRow
            key={row.id}
            row={row}
            me={me}
            serverNow={serverNow}
            columns={columns}
            selected={selection ? selection.items.has(row.id) : undefined}
          />
        ))}
      </tbody>
    </table>
  );
}

function SelectAll({ rows, selection }: { rows: readonly EscalationRow[]; selection: Selection }) {
  const all = selection.full || rows.every(({ id }) => selection.items.has(id));
  return (
    <input
      type="checkbox"
      aria-label="Select all loaded rows"
      checked={all}
      onChange={() => selection.set(rows, !all)}
    />
  );
}

/** A column's head; where the open items can be ordered by it, a button. */
function Head({ name, list: { query, go } }: { name: ColumnName; list: ListState }): ReactNode {
  const { head, className, sort } = columnTable[name];
  const order = query.state === "active" ? ariaSort(name, query.sort) : undefined;
  const press = (by: SortColumn) =>
    go({ ...query, sort: sortAfterPress(by, query.sort), after: undefined, before: undefined });
  return (
    <th role="columnheader" scope="col" aria-sort={order} className={className}>
      {sort && query.state === "active" ? (
        <button type="button" onClick={() => press(sort.by)}>
          {head}
        </button>
      ) : (
        head
      )}
    </th>
  );
}
