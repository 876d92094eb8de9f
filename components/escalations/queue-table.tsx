"use client";

import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import type { EscalationRow, ListQuery } from "@/lib/contracts/escalations";
import type { Me } from "./prepare";
import { QueueRow } from "./queue-row";

type Column = { name: string; className: string };

const subject: readonly Column[] = [
  { name: "Priority", className: "w-16 text-right" },
  { name: "Lane", className: "w-22" },
  { name: "Run", className: "w-36" },
  { name: "Owner", className: "w-40 max-md:hidden" },
  { name: "Agent", className: "w-20 max-lg:hidden" },
  { name: "Reason", className: "" },
];
const columns: Record<ListQuery["state"], readonly Column[]> = {
  active: [{ name: "Due", className: "w-48" }, ...subject, { name: "Blocked", className: "w-28 max-lg:hidden" }, { name: "Who", className: "w-36" }],
  closed: [{ name: "Closed", className: "w-32" }, ...subject, { name: "thegent", className: "w-40 max-lg:hidden" }, { name: "Outcome", className: "w-56" }],
  breaches: [{ name: "Past SLA", className: "w-48" }, ...subject, { name: "Raised", className: "w-28 max-lg:hidden" }, { name: "State", className: "w-48" }],
};
const captions: Record<ListQuery["state"], string> = { active: "Open escalations", closed: "Closed escalations", breaches: "Breaches that wait for a sign-off" };

type Props = { rows: readonly EscalationRow[]; me: Me; serverNow: string; view: ListQuery["state"] };

/**
 * A click anywhere in a row is a click on its one link, unless text was being selected. The links are plain ones and followed from here:
 * fifty of Next's own would be most of what the server has to draw.
 */
function useRowClicks() {
  const router = useRouter();
  return (event: MouseEvent<HTMLTableElement>) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-row]");
    const onLink = event.target.closest("a") !== null;
    const { ctrlKey, metaKey, shiftKey, altKey } = event;
    const modified = ctrlKey || metaKey || shiftKey || altKey;
    if (!link || (onLink && modified) || (!onLink && window.getSelection()?.type === "Range")) return;
    event.preventDefault();
    if (modified) link.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey, altKey }));
    else router.push(link.pathname);
  };
}

/** The queue as a table. Roles are said outright, because on narrow screens the rows are laid out as grids. */
export function QueueTable({ rows, me, serverNow, view }: Props) {
  const follow = useRowClicks();
  return (
    <table role="table" className="queue" onClick={follow}>
      <caption className="sr-only">{captions[view]}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          {columns[view].map(({ name, className }) => (
            <th key={name} role="columnheader" scope="col" className={className}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <QueueRow key={row.id} row={row} me={me} serverNow={serverNow} view={view} />
        ))}
      </tbody>
    </table>
  );
}
