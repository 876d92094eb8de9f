"use client";

import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { Deadline, EndsIn } from "@/components/list/deadline";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { OverrideQuery, OverrideRow } from "@/lib/areas/override/contract";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { Consultation } from "./clocks";
import { sayDecider, sayInForce, sayOutcome, saySeconds, sayStatus } from "./prepare";

type ListedTab = Exclude<OverrideQuery["tab"], "findings">;
type Cell = { row: OverrideRow; serverNow: string };
type Column = {
  head: string;
  className: string;
  show: (cell: Cell) => ReactNode;
  title?: (row: OverrideRow) => string | undefined;
};

const owner: Column = {
  head: "Owner",
  className: "w-42 cell-run",
  title: (row) => row.owner,
  show: ({ row }) => (
    <Link href={`/overrides/${row.id}`} prefetch={false} data-row={row.id}>
      <bdi>{visibleText(row.owner)}</bdi>
    </Link>
  ),
};
const why: Column = {
  head: "Why",
  className: "cell-reason",
  title: (row) => row.justification,
  show: ({ row }) => <bdi>{row.justification}</bdi>,
};
const askedBy: Column = {
  head: "Asked by",
  className: "w-34 max-lg:hidden",
  title: (row) => row.requestedBy.name,
  show: ({ row }) => <bdi>{row.requestedBy.name}</bdi>,
};
const askedFor: Column = {
  head: "Asked for",
  className: "w-24 max-md:hidden",
  show: ({ row }) => saySeconds(row.requestedSeconds),
};

const tables: Readonly<Record<ListedTab, { caption: string; columns: readonly Column[] }>> = {
  awaiting: {
    caption: "Requests that wait for a decision",
    columns: [
      {
        head: "Decide by",
        className: "w-44",
        show: ({ row, serverNow }) => <Deadline from={row.requestedAt} at={row.decideBy} serverNow={serverNow} />,
      },
      owner,
      why,
      askedBy,
      askedFor,
      {
        head: "Consultation",
        className: "w-64 cell-end max-md:hidden",
        show: ({ row, serverNow }) => <Consultation row={row} serverNow={serverNow} />,
      },
    ],
  },
  active: {
    caption: "Overrides in force",
    columns: [
      {
        head: "Ends",
        className: "w-42",
        show: ({ row, serverNow }) =>
          row.expiresAt && <EndsIn from={row.decidedAt ?? row.requestedAt} at={row.expiresAt} serverNow={serverNow} />,
      },
      owner,
      why,
      askedBy,
      {
        head: "Approved by",
        className: "w-42 max-lg:hidden",
        title: sayDecider,
        show: ({ row }) => <bdi>{sayDecider(row)}</bdi>,
      },
      {
        head: "Approved for",
        className: "w-26 max-md:hidden",
        show: ({ row }) => row.approvedSeconds !== null && saySeconds(row.approvedSeconds),
      },
      {
        head: "State",
        className: "w-56 cell-end max-md:hidden",
        show: ({ row }) => <Sign {...sayStatus[row.status]}>{sayInForce(row.status)}</Sign>,
      },
    ],
  },
  history: {
    caption: "Overrides that are over",
    columns: [
      {
        head: "Asked",
        className: "w-36",
        show: ({ row, serverNow }) => <Ago at={row.requestedAt} serverNow={serverNow} />,
      },
      owner,
      why,
      askedBy,
      { head: "Held for", className: "w-28 max-lg:hidden", show: ({ row }) => sayHeld(row) },
      {
        head: "Outcome",
        className: "w-64 cell-end",
        title: sayOutcome,
        show: ({ row }) => (
          <Sign tone={sayStatus[row.status].tone} icon={sayStatus[row.status].icon}>
            {sayOutcome(row)}
          </Sign>
        ),
      },
    ],
  },
};

/** How long it was in force; a dash for what never was. */
function sayHeld({ decidedAt, endedAt, expiresAt }: OverrideRow): string {
  if (!decidedAt || !endedAt || !expiresAt) return "—";
  return saySeconds(Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(decidedAt)) / 1000)));
}

/** A click anywhere in a row is a click on its one link, unless text was being selected. */
function clickRow(event: MouseEvent<HTMLTableElement>) {
  if (!(event.target instanceof Element) || event.target.closest("a") || window.getSelection()?.type === "Range")
    return;
  const { ctrlKey, metaKey, shiftKey } = event;
  event.target
    .closest("tr")
    ?.querySelector("a[data-row]")
    ?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
}

/** One line a row. Roles are said outright, because on narrow screens the rows are laid out as grids. */
export function OverrideTable({
  tab,
  rows,
  serverNow,
}: {
  tab: ListedTab;
  rows: readonly OverrideRow[];
  serverNow: string;
}) {
  const { caption, columns } = tables[tab];
  return (
    <table role="table" className="queue" onClick={clickRow}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head, className }) => (
            <th key={head} role="columnheader" scope="col" className={className}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.id} role="row" className="queue-row">
            {columns.map(({ head, className, show, title }) => (
              <td key={head} role="cell" className={className} title={title?.(row)}>
                {show({ row, serverNow })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
