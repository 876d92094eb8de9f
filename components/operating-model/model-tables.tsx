import type { ReactNode } from "react";
import { PlainTable } from "@/components/table/plain-table";
import { Section } from "@/components/ui/section";
import type { SettingView } from "@/lib/areas/operating-model/contract";
import { sayMinutes } from "@/lib/kernel/words/durations";
import { activityNames } from "@/lib/model/matrix";
import { ownership } from "@/lib/model/ownership";
import { paths, type PathClock } from "@/lib/model/paths";
import { roleNames } from "@/lib/model/roles";
import { severities, severityTable, type Raise } from "@/lib/model/severities";

type TableProps = {
  name: string;
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

function Table({ name, heads, rows }: TableProps) {
  const columns = heads.map((head, index) => ({
    id: head,
    head,
    className: index === 0 ? "font-medium whitespace-nowrap" : index === heads.length - 1 ? "w-[36%]" : undefined,
    cell: ({ cells }: TableProps["rows"][number]) => cells[index],
  }));
  return (
    <PlainTable name={name} columns={columns} rows={rows} keyOf={({ key }) => key} tableClassName="min-w-[52rem]" />
  );
}

/** Section 3: who owns what. */
export function OwnershipTable() {
  const rows = Object.entries(ownership).map(([key, { name, owner, backup, scope }]) => ({
    key,
    cells: [name, roleNames[owner], roleNames[backup], scope.join(", ")],
  }));
  return (
    <Section title="Who owns what" aside="section 3">
      <Table name="Who owns what" heads={["Domain", "Owner", "Backup", "Scope"]} rows={rows} />
    </Section>
  );
}

/** "level 1: Tech Lead" */
const sayRaise = ({ level, to }: Raise): string =>
  to.length ? `level ${level}: ${to.map((role) => roleNames[role]).join(", ")}` : "nobody more";

const stops = { claim: "somebody claims it", finding: "the finding is recorded", close: "it is closed" } as const;

function sayLength({ minutes }: PathClock, slaMinutes: string): string {
  if (minutes === "escalation_sla_minutes") return `${slaMinutes} (${minutes})`;
  return typeof minutes === "number" ? sayMinutes(minutes) : "by severity";
}

function Clock({ clock, slaMinutes }: { clock: PathClock; slaMinutes: string }) {
  const { missed } = clock;
  return (
    <li>
      <span className="font-medium">{clock.name}</span>: {sayLength(clock, slaMinutes)}, until {stops[clock.stoppedBy]};
      missed, {typeof missed === "string" ? "it reaches whom the severity names" : sayRaise(missed)}
    </li>
  );
}

const sayAtOnce = ({ atOnce, ladderBySeverity }: (typeof paths)[keyof typeof paths]): string =>
  atOnce ? sayRaise(atOnce) : ladderBySeverity ? "by severity" : "—";

/** Section 4: the four escalation paths with their clocks, and whom they reach. */
export function PathsTable({ settings }: { settings: readonly SettingView[] }) {
  const sla = settings.find(({ name }) => name === "escalation_sla_minutes")?.value ?? "";
  const rows = Object.entries(paths).map(([key, path]) => ({
    key,
    cells: [
      `${path.section} ${path.name}`,
      path.openedBy,
      `${ownership[path.domain].name}: ${roleNames[ownership[path.domain].owner]}, else ${roleNames[ownership[path.domain].backup]}`,
      activityNames[path.activity],
      sayAtOnce(path),
      <ul key="clocks">
        {path.clocks.map((clock) => (
          <Clock key={clock.name} clock={clock} slaMinutes={sla} />
        ))}
        {path.ladderBySeverity && <li>and the timed steps of its severity</li>}
        {path.adapterChange && <li>adapter change required: at once, {sayRaise(path.adapterChange)}</li>}
      </ul>,
    ],
  }));
  return (
    <Section title="How things escalate" aside="section 4">
      <Table
        name="How things escalate"
        heads={["Path", "Opened by", "Goes to", "Rights and notices by", "Raised at once to", "Clocks"]}
        rows={rows}
      />
    </Section>
  );
}

const sayLadder = (severity: (typeof severities)[number]): string =>
  [
    severityTable[severity].atOnce && `at once, ${sayRaise(severityTable[severity].atOnce)}`,
    ...severityTable[severity].ladder.map(
      ({ afterMinutes, ...raise }) => `after ${sayMinutes(afterMinutes)}, ${sayRaise(raise)}`,
    ),
  ]
    .filter(Boolean)
    .join("; ") || "no timed step";

/** thegent's post-launch observation playbook. */
export function SeveritiesTable() {
  const rows = severities.map((severity) => {
    const { means, firstResponseMinutes, resolutionMinutes, responseMissed, resolutionMissed } =
      severityTable[severity];
    return {
      key: severity,
      cells: [
        severity,
        means,
        sayMinutes(firstResponseMinutes),
        sayRaise(responseMissed),
        sayMinutes(resolutionMinutes),
        sayRaise(resolutionMissed),
        sayLadder(severity),
      ],
    };
  });
  return (
    <Section title="Severities" aside="post-launch observation playbook">
      <Table
        name="Severities"
        heads={["Severity", "Means", "First response", "Missed", "Resolution", "Missed, then", "Steps by time"]}
        rows={rows}
      />
    </Section>
  );
}

/** The settings in force and where each came from. */
export function SettingsTable({ settings }: { settings: readonly SettingView[] }) {
  const rows = settings.map(({ name, environment, value, origin, allowed, says }) => ({
    key: name,
    cells: [
      <code key="name">{name}</code>,
      value,
      origin === "environment" ? (
        <>
          pinned by <code>{environment}</code>
        </>
      ) : (
        <>
          default; <code>{environment}</code> would pin it
        </>
      ),
      allowed,
      says,
    ],
  }));
  return (
    <Section title="Settings in force" aside="section 6">
      <Table
        name="Settings in force"
        heads={["Setting", "Value", "Where it comes from", "Allowed", "What it does"]}
        rows={rows}
      />
    </Section>
  );
}
