import { Clock } from "@/components/list/clock";
import type { Column } from "@/components/table/columns";
import { rowLink } from "@/components/table/row-link";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { OverrideQuery, OverrideRow } from "@/lib/areas/override/contract";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { Consultation } from "./clocks";
import { sayDecider, sayInForce, sayOutcome, saySeconds, sayStatus } from "./prepare";

type OverrideColumn = Column<OverrideRow>;

const owner: OverrideColumn = {
  id: "owner",
  head: "Owner",
  className: "md:w-42 cell-name",
  cell: (row) => ({
    title: row.owner,
    says: rowLink(row.id, `/overrides/${row.id}`, <bdi>{visibleText(row.owner)}</bdi>),
  }),
};
const why: OverrideColumn = {
  id: "why",
  head: "Why",
  className: "cell-wide",
  cell: ({ justification }) => ({ title: justification, says: <bdi>{justification}</bdi> }),
};
const askedBy: OverrideColumn = {
  id: "asked-by",
  head: "Asked by",
  className: "md:w-34 max-lg:hidden",
  cell: ({ requestedBy: { name } }) => ({ title: name, says: <bdi>{name}</bdi> }),
};

const awaiting: readonly OverrideColumn[] = [
  {
    id: "decide-by",
    head: "Decide by",
    className: "md:w-44 shrink-0",
    cell: (row, { serverNow }) => ({
      says: <Clock to="decision" from={row.requestedAt} at={row.decideBy} serverNow={serverNow} />,
    }),
  },
  owner,
  why,
  askedBy,
  {
    id: "asked-for",
    head: "Asked for",
    className: "md:w-24 max-md:hidden",
    cell: (row) => ({ says: saySeconds(row.requestedSeconds) }),
  },
  {
    id: "consultation",
    head: "Consultation",
    className: "md:w-64 cell-end max-md:hidden",
    cell: (row, { serverNow }) => ({ says: <Consultation row={row} serverNow={serverNow} /> }),
  },
];

const active: readonly OverrideColumn[] = [
  {
    id: "ends",
    head: "Ends",
    className: "md:w-42 shrink-0",
    cell: (row, { serverNow }) => ({
      says: row.expiresAt && (
        <Clock to="end" from={row.decidedAt ?? row.requestedAt} at={row.expiresAt} serverNow={serverNow} />
      ),
    }),
  },
  owner,
  why,
  askedBy,
  {
    id: "approved-by",
    head: "Approved by",
    className: "md:w-42 max-lg:hidden",
    cell: (row) => ({ title: sayDecider(row), says: <bdi>{sayDecider(row)}</bdi> }),
  },
  {
    id: "approved-for",
    head: "Approved for",
    className: "md:w-26 max-md:hidden",
    cell: ({ approvedSeconds }) => ({ says: approvedSeconds !== null && saySeconds(approvedSeconds) }),
  },
  {
    id: "state",
    head: "State",
    className: "md:w-56 cell-end max-md:hidden",
    cell: ({ status }) => ({ says: <Sign {...sayStatus[status]}>{sayInForce(status)}</Sign> }),
  },
];

const history: readonly OverrideColumn[] = [
  {
    id: "asked",
    head: "Asked",
    className: "md:w-36 shrink-0",
    cell: (row, { serverNow }) => ({ says: <Ago at={row.requestedAt} serverNow={serverNow} /> }),
  },
  owner,
  why,
  askedBy,
  { id: "held-for", head: "Held for", className: "md:w-28 max-lg:hidden", cell: (row) => ({ says: sayHeld(row) }) },
  {
    id: "outcome",
    head: "Outcome",
    className: "md:w-64 cell-end",
    cell: (row) => ({
      title: sayOutcome(row),
      says: (
        <Sign tone={sayStatus[row.status].tone} icon={sayStatus[row.status].icon}>
          {sayOutcome(row)}
        </Sign>
      ),
    }),
  },
];

/** How long it was in force; a dash for what never was. */
function sayHeld({ decidedAt, endedAt, expiresAt }: OverrideRow): string {
  if (!decidedAt || !endedAt || !expiresAt) return "—";
  return saySeconds(Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(decidedAt)) / 1000)));
}

export type ListedTab = Exclude<OverrideQuery["tab"], "findings">;

/** The lists of overrides: what each is of, and its columns. */
export const overrideTables: Readonly<Record<ListedTab, { caption: string; columns: readonly OverrideColumn[] }>> = {
  awaiting: { caption: "Requests that wait for a decision", columns: awaiting },
  active: { caption: "Overrides in force", columns: active },
  history: { caption: "Overrides that are over", columns: history },
};
