"use client";

import { memo, type ReactNode } from "react";
import type { Me } from "@/components/act/form-values";
import { Countdown } from "@/components/list/countdown";
import { Icon } from "@/components/ui/icon";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { saySubject } from "@/lib/kernel/words/subjects";
import { sayOwner, visibleText } from "@/lib/kernel/words/visible-text";
import { paths } from "@/lib/model/paths";
import { LevelMark } from "./level";
import { sayLost } from "./lost";
import { pathWords } from "./path-words";
import { sayEffect, sayHeld, sayHolder, sayOutcome } from "./prepare";
import { columnTable, type ColumnName } from "./queue-columns";

type Item = { row: EscalationRow; me: Me; serverNow: string };
type Props = Item & {
  columns: readonly ColumnName[];
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
};

/** The table hears of all its boxes. */
const heardByTheTable = () => undefined;

/** What a column says of an item; `className`: beside the column's own. */
type Cell = { says: ReactNode; title?: string; className?: string };

/** One line of the queue; two on a narrow screen. Drawn again only when its item changes. */
export const QueueRow = memo(function QueueRow({ columns, selected, ...item }: Props) {
  return (
    <tr role="row" className="queue-row">
      {selected !== undefined && (
        <td role="cell" className="cell-pick">
          <input
            type="checkbox"
            data-pick={item.row.id}
            checked={selected}
            onChange={heardByTheTable}
            aria-label={`Select ${saySubject(item.row.subject)}`}
          />
        </td>
      )}
      {columns.map((name) => {
        const { says, title, className } = cells[name](item);
        const columnClass = columnTable[name].className;
        return (
          <td key={name} role="cell" className={className ? `${columnClass} ${className}` : columnClass} title={title}>
            {says}
          </td>
        );
      })}
    </tr>
  );
});

/** Plain functions: a component for each of fifty times ten cells is what the server would spend its time on. */
const cells: Readonly<Record<ColumnName, (item: Item) => Cell>> = {
  due: (item) => ({ says: clock(item) }),
  /** A breach that waits for its sign-off: still open and running late, or closed and since when. */
  missed: (item) => ({ says: item.row.closedAt ? <>Closed {ago(item.row.closedAt, item)}</> : clock(item) }),
  closed: (item) => ({ says: ago(item.row.closedAt, item) }),
  path: ({ row }) => ({
    title: paths[row.path].name,
    says: (
      <span className="sign">
        <Icon name={pathWords[row.path].icon} />
        <span>{pathWords[row.path].short}</span>
      </span>
    ),
  }),
  priority: ({ row }) => ({
    title: "Priority; higher is more urgent",
    says: (
      <>
        <span className="text-muted md:hidden">prio </span>
        {row.priority}
      </>
    ),
  }),
  lane: ({ row }) => ({
    title: visibleText(row.lane),
    className: row.lane === "critical" ? "font-medium" : undefined,
    says: <bdi>{visibleText(row.lane)}</bdi>,
  }),
  subject: ({ row }) => ({
    title: row.recordCount > 1 ? `${saySubject(row.subject)}, ${row.recordCount} records` : saySubject(row.subject),
    says: (
      <>
        {row.severity && (
          <span className={row.severity === "P1" ? "font-semibold text-red" : "font-medium"}>{row.severity} </span>
        )}
        <a href={`/escalations/${row.id}`} data-row={row.id}>
          <bdi>{saySubject(row.subject)}</bdi>
        </a>
        {row.recordCount > 1 && <span className="text-muted"> ×{row.recordCount}</span>}
      </>
    ),
  }),
  owner: ({ row }) => ({ title: sayOwner(row) ?? undefined, says: <bdi>{sayOwner(row) ?? "—"}</bdi> }),
  agent: ({ row }) => ({
    title: row.agent === null ? undefined : visibleText(row.agent),
    says: <bdi>{row.agent === null ? "—" : visibleText(row.agent)}</bdi>,
  }),
  reason: ({ row }) => ({
    title: row.reason,
    says: (
      <>
        {row.lostAt && isActive(row.status) && (
          <span className="font-medium" title={sayLost(row)}>
            Lost:{" "}
          </span>
        )}
        {row.level > 0 && <LevelMark level={row.level} at={row.escalatedAt} />}
        <bdi>{row.reason}</bdi>
      </>
    ),
  }),
  level: ({ row }) => ({ says: row.level > 0 ? `Level ${row.level}` : "—" }),
  blocked: (item) => ({ className: "text-muted", says: ago(item.row.blockedAt, item) }),
  raised: (item) => ({ className: "text-muted", says: ago(item.row.escalatedAt, item) }),
  // On a telephone only who works on it is worth the room.
  who: ({ row, me }) => ({
    className: row.claimedBy ? "cell-end" : "cell-end max-md:hidden",
    says: (
      <Sign {...sayHolder(row, me)}>
        <bdi>{sayHolder(row, me).says}</bdi>
      </Sign>
    ),
  }),
  held: (item) =>
    isActive(item.row.status)
      ? { className: "cell-end", title: sayHeld(item.row, item.me), says: <bdi>{sayHeld(item.row, item.me)}</bdi> }
      : cells.outcome(item),
  effect: ({ row }) => {
    const effect = sayEffect(row.effect);
    return {
      says: effect && (
        <Sign {...effect} title={effect.says}>
          {effect.says}
        </Sign>
      ),
    };
  },
  /** How a closed item ended, and by whom. */
  outcome: ({ row }) => ({
    className: "cell-end",
    title: row.closedBy ? `${sayOutcome(row)} by ${row.closedBy.name}` : sayOutcome(row),
    says: (
      <>
        {row.outcome ?? sayOutcome(row)}
        {row.closedBy && (
          <>
            {" "}
            <span className="text-muted">
              by <bdi>{row.closedBy.name}</bdi>
            </span>
          </>
        )}
      </>
    ),
  }),
};

const ago = (at: string | null, { serverNow }: Item): ReactNode => at && <Ago at={at} serverNow={serverNow} />;

/** The clock that runs out first, by name where the item has several. */
const clock = ({ row, serverNow }: Item): ReactNode => (
  <>
    <Countdown startedAt={row.blockedAt} dueAt={row.dueAt} serverNow={serverNow} />
    {paths[row.path].clocks.length > 1 && (
      <span className="text-xs text-muted" title={row.dueClock}>
        {" "}
        {row.dueClock}
      </span>
    )}
  </>
);
