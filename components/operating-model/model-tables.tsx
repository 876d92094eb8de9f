import type { ReactNode } from "react";
import { Section } from "@/components/ui/section";
import type { SettingView } from "@/lib/contracts/operating-model";
import { ownership } from "@/lib/domain/operating-model/ownership";
import { paths, severities, severityTable, type PathClock } from "@/lib/domain/operating-model/paths";
import { roleNames } from "@/lib/domain/operating-model/roles";
import { sayMinutes } from "@/lib/format/durations";

type TableProps = { name: string; heads: readonly string[]; rows: readonly { key: string; cells: readonly ReactNode[] }[] };

function Table({ name, heads, rows }: TableProps) {
  return (
    <div tabIndex={0} role="region" aria-label={name} className="overflow-x-auto">
      <table className="w-full min-w-[52rem] text-left text-sm">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-6 text-xs font-normal text-muted">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-t border-line align-top">
              {cells.map((cell, index) => (
                <td key={heads[index]} className={`py-1.5 pr-6 ${index === 0 ? "font-medium whitespace-nowrap" : ""}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Section 3: who owns what. */
export function OwnershipTable() {
  const rows = Object.entries(ownership).map(([key, { name, owner, backup, scope }]) => ({ key, cells: [name, roleNames[owner], roleNames[backup], scope.join(", ")] }));
  return (
    <Section title="Who owns what" aside="section 3">
      <Table name="Who owns what" heads={["Domain", "Owner", "Backup", "Scope"]} rows={rows} />
    </Section>
  );
}

const sayClock = (slaMinutes: string) => (clock: PathClock): string => {
  const length = clock.setting ? `${slaMinutes} (${clock.setting})` : clock.minutes === null ? "by severity" : sayMinutes(clock.minutes);
  return `${clock.name}: ${length}, then it ${clock.whenMissed}`;
};

/** Section 4: the four escalation paths with their clocks. */
export function PathsTable({ settings }: { settings: readonly SettingView[] }) {
  const sla = settings.find(({ name }) => name === "escalation_sla_minutes")?.value ?? "";
  const rows = Object.entries(paths).map(([key, path]) => ({
    key,
    cells: [
      `${path.section} ${path.name}`,
      path.openedBy,
      path.atOnceTo.map((role) => roleNames[role]).join(", ") || "—",
      <ul key="clocks">
        {path.clocks.map((clock) => (
          <li key={clock.name}>{sayClock(sla)(clock)}</li>
        ))}
      </ul>,
      path.then,
    ],
  }));
  return (
    <Section title="How things escalate" aside="section 4">
      <Table name="How things escalate" heads={["Path", "Opened by", "At once to", "Clocks", "Ends"]} rows={rows} />
    </Section>
  );
}

/** thegent's post-launch observation playbook. */
export function SeveritiesTable() {
  const rows = severities.map((severity) => {
    const { means, firstResponseMinutes, resolutionMinutes, escalates } = severityTable[severity];
    return { key: severity, cells: [severity, means, sayMinutes(firstResponseMinutes), sayMinutes(resolutionMinutes), escalates] };
  });
  return (
    <Section title="Severities" aside="post-launch observation playbook">
      <Table name="Severities" heads={["Severity", "Means", "First response", "Resolution", "Escalates"]} rows={rows} />
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
      <Table name="Settings in force" heads={["Setting", "Value", "Where it comes from", "Allowed", "What it does"]} rows={rows} />
    </Section>
  );
}
