"use client";

import { memo, type ComponentType } from "react";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { EscalationRow, ListQuery } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { Countdown } from "./countdown";
import { LevelMark } from "./level";
import { sayEffect, sayHeld, sayHolder, sayOutcome, type Me } from "./prepare";

type Props = { row: EscalationRow; me: Me; serverNow: string; view: ListQuery["state"] };

type Cell = Omit<Props, "view">;

const cells: Record<ListQuery["state"], ComponentType<Cell>> = { active: OpenCells, closed: ClosedCells, breaches: BreachCells };

/** One line of the queue; two on a narrow screen. Drawn again only when its item changes. */
export const QueueRow = memo(function QueueRow({ view, ...item }: Props) {
  const Cells = cells[view];
  return (
    <tr role="row" className="queue-row">
      <Cells {...item} />
    </tr>
  );
});

function OpenCells({ row, me, serverNow }: Cell) {
  return (
    <>
      <td role="cell">
        <Countdown startedAt={row.blockedAt} dueAt={row.dueAt} serverNow={serverNow} />
      </td>
      <Subject row={row} marked />
      <td role="cell" className="max-lg:hidden text-muted">
        <Ago at={row.blockedAt} serverNow={serverNow} />
      </td>
      {/* On a telephone only who works on it is worth the room. */}
      <td role="cell" className={row.claimedBy ? "cell-end" : "cell-end max-md:hidden"}>
        <Sign {...sayHolder(row, me)}>
          <bdi>{sayHolder(row, me).says}</bdi>
        </Sign>
      </td>
    </>
  );
}

function ClosedCells({ row, serverNow }: Cell) {
  const effect = sayEffect(row.effect);
  return (
    <>
      <td role="cell">{row.closedAt && <Ago at={row.closedAt} serverNow={serverNow} />}</td>
      <Subject row={row} />
      <td role="cell" className="max-lg:hidden">
        {effect && (
          <Sign {...effect} title={effect.says}>
            {effect.says}
          </Sign>
        )}
      </td>
      <OutcomeCell row={row} />
    </>
  );
}

/** A breach that waits for its sign-off: still open and running late, or closed and since when. */
function BreachCells({ row, me, serverNow }: Cell) {
  return (
    <>
      <td role="cell">
        {row.closedAt ? (
          <>
            Closed <Ago at={row.closedAt} serverNow={serverNow} />
          </>
        ) : (
          <Countdown startedAt={row.blockedAt} dueAt={row.dueAt} serverNow={serverNow} />
        )}
      </td>
      <Subject row={row} />
      <td role="cell" className="max-lg:hidden text-muted">
        {row.escalatedAt && <Ago at={row.escalatedAt} serverNow={serverNow} />}
      </td>
      {isActive(row.status) ? (
        <td role="cell" className="cell-end" title={sayHeld(row, me)}>
          <bdi>{sayHeld(row, me)}</bdi>
        </td>
      ) : (
        <OutcomeCell row={row} />
      )}
    </>
  );
}

/** How a closed item ended, and by whom. */
function OutcomeCell({ row }: { row: EscalationRow }) {
  return (
    <td role="cell" className="cell-end" title={row.closedBy ? `${sayOutcome(row)} by ${row.closedBy.name}` : sayOutcome(row)}>
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
  );
}

/** What the item is about; the same for open and closed ones. `marked`: with its level, where not every row has the same. */
function Subject({ row, marked = false }: { row: EscalationRow; marked?: boolean }) {
  return (
    <>
      <td role="cell" className="md:text-right" title="Priority; higher is more urgent">
        <span className="text-muted md:hidden">prio </span>
        {row.priority}
      </td>
      <td role="cell" className={row.lane === "critical" ? "font-medium" : undefined} title={row.lane}>
        <bdi>{row.lane}</bdi>
      </td>
      <td role="cell" className="cell-run" title={row.recordCount > 1 ? `${row.runId}, ${row.recordCount} records` : row.runId}>
        <a href={`/escalations/${row.id}`} data-row={row.id}>
          <bdi>{row.runId}</bdi>
        </a>
        {row.recordCount > 1 && <span className="text-muted"> ×{row.recordCount}</span>}
      </td>
      <td role="cell" className="max-md:hidden" title={row.owner ?? undefined}>
        <bdi>{row.owner ?? "—"}</bdi>
      </td>
      <td role="cell" className="max-lg:hidden" title={row.agent ?? undefined}>
        <bdi>{row.agent ?? "—"}</bdi>
      </td>
      <td role="cell" className="cell-reason" title={row.reason}>
        {marked && <LevelMark level={row.level} at={row.escalatedAt} />}
        <bdi>{row.reason}</bdi>
      </td>
    </>
  );
}
