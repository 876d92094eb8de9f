"use client";

import { memo } from "react";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { EscalationRow } from "@/lib/contracts/escalations";
import { Countdown } from "./countdown";
import { sayEffect, sayHolder, sayOutcome, type Me } from "./prepare";

type Props = { row: EscalationRow; me: Me; serverNow: string; closed: boolean };

/** One line of the queue; two on a narrow screen. Drawn again only when its item changes. */
export const QueueRow = memo(function QueueRow({ row, me, serverNow, closed }: Props) {
  return (
    <tr role="row" className="queue-row">
      {closed ? <ClosedCells row={row} serverNow={serverNow} /> : <OpenCells row={row} me={me} serverNow={serverNow} />}
    </tr>
  );
});

function OpenCells({ row, me, serverNow }: Omit<Props, "closed">) {
  return (
    <>
      <td role="cell">
        <Countdown startedAt={row.blockedAt} dueAt={row.dueAt} serverNow={serverNow} />
      </td>
      <Subject row={row} />
      <td role="cell" className="max-lg:hidden text-muted">
        <Ago at={row.blockedAt} serverNow={serverNow} />
      </td>
      <td role="cell" className="cell-end">
        <Sign {...sayHolder(row, me)}>
          <bdi>{sayHolder(row, me).says}</bdi>
        </Sign>
      </td>
    </>
  );
}

function ClosedCells({ row, serverNow }: Pick<Props, "row" | "serverNow">) {
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
    </>
  );
}

/** What the item is about; the same for open and closed ones. */
function Subject({ row }: { row: EscalationRow }) {
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
        <bdi>{row.reason}</bdi>
      </td>
    </>
  );
}
