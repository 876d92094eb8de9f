import type { ReactNode } from "react";
import type { Me } from "@/components/act/form-values";
import { Clock } from "@/components/list/clock";
import { choosable, type Column, type Facts } from "@/components/table/columns";
import { rowLink } from "@/components/table/row-link";
import { Icon } from "@/components/ui/icon";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { Column as Chosen, EscalationRow, ListQuery, SortColumn } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { saySubject } from "@/lib/kernel/words/subjects";
import { sayOwner, visibleText } from "@/lib/kernel/words/visible-text";
import { paths } from "@/lib/model/paths";
import { LevelMark } from "./level";
import { sayLost } from "./lost";
import { pathWords } from "./path-words";
import { sayEffect, sayHeld, sayHolder, sayOutcome } from "./prepare";

type Known = Facts & { me: Me };
export type QueueColumn = Column<EscalationRow, Known, SortColumn>;

const ago = (at: string | null, { serverNow }: Facts): ReactNode => at && <Ago at={at} serverNow={serverNow} />;

/** The clock that runs out first, by name where the item has several. */
const clock = (row: EscalationRow, { serverNow }: Facts): ReactNode => (
  <>
    <Clock to="sla" from={row.blockedAt} at={row.dueAt} serverNow={serverNow} />
    {paths[row.path].clocks.length > 1 && (
      <span className="text-xs text-muted" title={row.dueClock}>
        {" "}
        {row.dueClock}
      </span>
    )}
  </>
);

const due: QueueColumn = {
  id: "due",
  head: "Due",
  className: "md:w-43 shrink-0",
  sort: { by: "due", falls: false },
  cell: (row, known) => ({ says: clock(row, known) }),
};
/** A breach that waits for its sign-off: still open and running late, or closed and since when. */
const missed: QueueColumn = {
  id: "missed",
  head: "Past SLA",
  className: "md:w-47 shrink-0",
  cell: (row, known) => ({ says: row.closedAt ? <>Closed {ago(row.closedAt, known)}</> : clock(row, known) }),
};
const closed: QueueColumn = {
  id: "closed",
  head: "Closed",
  className: "md:w-32 shrink-0",
  cell: (row, known) => ({ says: ago(row.closedAt, known) }),
};
const path: QueueColumn = {
  id: "path",
  head: "Path",
  className: "md:w-24 max-md:hidden",
  sort: { by: "path", falls: false },
  choice: "extra",
  cell: (row) => ({
    title: paths[row.path].name,
    says: (
      <span className="sign">
        <Icon name={pathWords[row.path].icon} />
        <span>{pathWords[row.path].short}</span>
      </span>
    ),
  }),
};
const priority: QueueColumn = {
  id: "priority",
  head: "Priority",
  className: "md:w-16 shrink-0 md:text-right",
  sort: { by: "priority", falls: true },
  choice: "usual",
  cell: (row) => ({
    title: "Priority; higher is more urgent",
    says: (
      <>
        <span className="text-muted md:hidden">prio </span>
        {row.priority}
      </>
    ),
  }),
};
const lane: QueueColumn = {
  id: "lane",
  head: "Lane",
  className: "md:w-22",
  sort: { by: "lane", falls: false },
  choice: "usual",
  cell: (row) => ({
    title: visibleText(row.lane),
    className: row.lane === "critical" ? "font-medium" : undefined,
    says: <bdi>{visibleText(row.lane)}</bdi>,
  }),
};
const subject: QueueColumn = {
  id: "subject",
  head: "Subject",
  className: "cell-name md:w-36",
  sort: { by: "subject", falls: false },
  cell: (row) => ({
    title: row.recordCount > 1 ? `${saySubject(row.subject)}, ${row.recordCount} records` : saySubject(row.subject),
    says: (
      <>
        {row.severity && (
          <span className={row.severity === "P1" ? "font-semibold text-red" : "font-medium"}>{row.severity} </span>
        )}
        {rowLink(row.id, `/escalations/${row.id}`, <bdi>{saySubject(row.subject)}</bdi>)}
        {row.recordCount > 1 && <span className="text-muted"> ×{row.recordCount}</span>}
      </>
    ),
  }),
};
const owner: QueueColumn = {
  id: "owner",
  head: "Owner",
  className: "md:w-38 max-md:hidden",
  sort: { by: "owner", falls: false },
  choice: "usual",
  cell: (row) => ({ title: sayOwner(row) ?? undefined, says: <bdi>{sayOwner(row) ?? "—"}</bdi> }),
};
const agent: QueueColumn = {
  id: "agent",
  head: "Agent",
  className: "md:w-20 max-lg:hidden",
  choice: "usual",
  cell: (row) => ({
    title: row.agent === null ? undefined : visibleText(row.agent),
    says: <bdi>{row.agent === null ? "—" : visibleText(row.agent)}</bdi>,
  }),
};
const reason: QueueColumn = {
  id: "reason",
  head: "Reason",
  className: "cell-wide",
  choice: "usual",
  cell: (row) => ({
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
};
const level: QueueColumn = {
  id: "level",
  head: "Level",
  className: "md:w-16 max-md:hidden",
  sort: { by: "level", falls: false },
  choice: "extra",
  cell: (row) => ({ says: row.level > 0 ? `Level ${row.level}` : "—" }),
};
const blocked: QueueColumn = {
  id: "blocked",
  head: "Blocked",
  className: "md:w-26 max-lg:hidden",
  sort: { by: "newest", falls: true },
  choice: "usual",
  cell: (row, known) => ({ className: "text-muted", says: ago(row.blockedAt, known) }),
};
const raised: QueueColumn = {
  id: "raised",
  head: "Raised",
  className: "md:w-28 max-lg:hidden",
  cell: (row, known) => ({ className: "text-muted", says: ago(row.escalatedAt, known) }),
};
// On a telephone only who works on it is worth the room.
const who: QueueColumn = {
  id: "who",
  head: "Who",
  className: "md:w-33",
  choice: "usual",
  cell: (row, { me }) => ({
    className: row.claimedBy ? "cell-end" : "cell-end max-md:hidden",
    says: (
      <Sign {...sayHolder(row, me)}>
        <bdi>{sayHolder(row, me).says}</bdi>
      </Sign>
    ),
  }),
};
const effect: QueueColumn = {
  id: "effect",
  head: "thegent",
  className: "md:w-40 max-lg:hidden",
  cell: (row) => {
    const said = sayEffect(row.effect);
    return {
      says: said && (
        <Sign {...said} title={said.says}>
          {said.says}
        </Sign>
      ),
    };
  },
};
/** How a closed item ended, and by whom. */
const outcome: QueueColumn = {
  id: "outcome",
  head: "Outcome",
  className: "md:w-56",
  cell: (row) => ({
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
const held: QueueColumn = {
  id: "held",
  head: "State",
  className: "md:w-48",
  cell: (row, known) =>
    isActive(row.status)
      ? { className: "cell-end", title: sayHeld(row, known.me), says: <bdi>{sayHeld(row, known.me)}</bdi> }
      : outcome.cell(row, known),
};

const what = [path, priority, lane, subject, owner, agent, reason, level];

/** The lists of items: what each is of, and all of its columns. */
export const queueTables: Readonly<Record<ListQuery["state"], { caption: string; columns: readonly QueueColumn[] }>> = {
  active: { caption: "Open escalations", columns: [due, ...what, blocked, who] },
  breaches: { caption: "Breaches that wait for a sign-off", columns: [missed, ...what, raised, held] },
  closed: { caption: "Closed escalations", columns: [closed, ...what, effect, outcome] },
};

/** What a person may choose; what an item says of itself in a list of its own state cannot be chosen. */
export const queueChoices = choosable(queueTables.active.columns);
export const chosenIn = (names: readonly string[]): Chosen[] =>
  queueChoices.flatMap(({ id }) => (names.includes(id) ? [id as Chosen] : []));
