"use client";

import { memo, type ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { EscalationRow } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { paths } from "@/lib/domain/escalation/paths";
import { Countdown } from "./countdown";
import { LevelMark } from "./level";
import { pathWords } from "./path-words";
import { sayEffect, sayHeld, sayHolder, sayOutcome, type Me } from "./prepare";
import type { ColumnName } from "./queue-columns";

type Item = { row: EscalationRow; me: Me; serverNow: string };
type Props = Item & {
  columns: readonly ColumnName[];
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
};

/** The table hears of all its boxes. */
const heardByTheTable = () => undefined;

/** One line of the queue; two on a narrow screen. Drawn again only when its item changes. */
export const QueueRow = memo(function QueueRow({ columns, selected, ...item }: Props) {
  return (
    <tr role="row" className="queue-row">
      {selected !== undefined && (
        <td role="cell" className="cell-pick">
          <input type="checkbox" data-pick={item.row.id} checked={selected} onChange={heardByTheTable} aria-label={`Select ${item.row.subject}`} />
        </td>
      )}
      {columns.map((name) => cells[name](item))}
    </tr>
  );
});

/** Plain functions: a component for each of fifty times ten cells is what the server would spend its time on. */
const cells: Readonly<Record<ColumnName, (item: Item) => ReactNode>> = {
  due: (item) => (
    <td key="due" role="cell">
      {clock(item)}
    </td>
  ),
  /** A breach that waits for its sign-off: still open and running late, or closed and since when. */
  missed: (item) => (
    <td key="missed" role="cell">
      {item.row.closedAt ? <>Closed {ago(item.row.closedAt, item)}</> : clock(item)}
    </td>
  ),
  closed: (item) => (
    <td key="closed" role="cell">
      {ago(item.row.closedAt, item)}
    </td>
  ),
  path: ({ row }) => (
    <td key="path" role="cell" className="max-md:hidden" title={paths[row.path].name}>
      <span className="sign">
        <Icon name={pathWords[row.path].icon} />
        <span>{pathWords[row.path].short}</span>
      </span>
    </td>
  ),
  priority: ({ row }) => (
    <td key="priority" role="cell" className="md:text-right" title="Priority; higher is more urgent">
      <span className="text-muted md:hidden">prio </span>
      {row.priority}
    </td>
  ),
  lane: ({ row }) => (
    <td key="lane" role="cell" className={row.lane === "critical" ? "font-medium" : undefined} title={row.lane}>
      <bdi>{row.lane}</bdi>
    </td>
  ),
  subject: ({ row }) => (
    <td key="subject" role="cell" className="cell-run" title={row.recordCount > 1 ? `${row.subject}, ${row.recordCount} records` : row.subject}>
      {row.severity && <span className={row.severity === "P1" ? "font-semibold text-red" : "font-medium"}>{row.severity} </span>}
      <a href={`/escalations/${row.id}`} data-row={row.id}>
        <bdi>{row.subject}</bdi>
      </a>
      {row.recordCount > 1 && <span className="text-muted"> ×{row.recordCount}</span>}
    </td>
  ),
  owner: ({ row }) => (
    <td key="owner" role="cell" className="max-md:hidden" title={row.owner ?? undefined}>
      <bdi>{row.owner ?? "—"}</bdi>
    </td>
  ),
  agent: ({ row }) => (
    <td key="agent" role="cell" className="max-lg:hidden" title={row.agent ?? undefined}>
      <bdi>{row.agent ?? "—"}</bdi>
    </td>
  ),
  reason: ({ row }) => (
    <td key="reason" role="cell" className="cell-reason" title={row.reason}>
      {row.level > 0 && <LevelMark level={row.level} at={row.escalatedAt} />}
      <bdi>{row.reason}</bdi>
    </td>
  ),
  level: ({ row }) => (
    <td key="level" role="cell" className="max-md:hidden">
      {row.level > 0 ? `Level ${row.level}` : "—"}
    </td>
  ),
  blocked: (item) => (
    <td key="blocked" role="cell" className="max-lg:hidden text-muted">
      {ago(item.row.blockedAt, item)}
    </td>
  ),
  raised: (item) => (
    <td key="raised" role="cell" className="max-lg:hidden text-muted">
      {ago(item.row.escalatedAt, item)}
    </td>
  ),
  // On a telephone only who works on it is worth the room.
  who: ({ row, me }) => (
    <td key="who" role="cell" className={row.claimedBy ? "cell-end" : "cell-end max-md:hidden"}>
      <Sign {...sayHolder(row, me)}>
        <bdi>{sayHolder(row, me).says}</bdi>
      </Sign>
    </td>
  ),
  held: (item) =>
    isActive(item.row.status) ? (
      <td key="held" role="cell" className="cell-end" title={sayHeld(item.row, item.me)}>
        <bdi>{sayHeld(item.row, item.me)}</bdi>
      </td>
    ) : (
      cells.outcome(item)
    ),
  effect: ({ row }) => {
    const effect = sayEffect(row.effect);
    return (
      <td key="effect" role="cell" className="max-lg:hidden">
        {effect && (
          <Sign {...effect} title={effect.says}>
            {effect.says}
          </Sign>
        )}
      </td>
    );
  },
  /** How a closed item ended, and by whom. */
  outcome: ({ row }) => (
    <td key="outcome" role="cell" className="cell-end" title={row.closedBy ? `${sayOutcome(row)} by ${row.closedBy.name}` : sayOutcome(row)}>
      {row.outcome ?? sayOutcome(row)}
      {row.closedBy && (
        <>
          {" "}
          <span className="text-muted">
            by <bdi>{row.closedBy.name}</bdi>
          </span>
        </>
      )}
    </td>
  ),
};

const ago = (at: string | null, { serverNow }: Item): ReactNode => at && <Ago at={at} serverNow={serverNow} />;

/** The clock that runs out first, by name where the item has several. */
const clock = ({ row, serverNow }: Item): ReactNode => (
  <>
    <Countdown startedAt={row.blockedAt} dueAt={row.dueAt} serverNow={serverNow} />
    {paths[row.path].clocks.length > 1 && <span className="text-xs text-muted" title={row.dueClock}> {row.dueClock}</span>}
  </>
);
