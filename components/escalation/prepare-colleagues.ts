import type { DutyView } from "@/lib/areas/duty/page-port";
import type { PersonRef } from "@/lib/kernel/contract";
import type { EscalationPath } from "@/lib/model/paths";
import { roleNames, type Role } from "@/lib/model/roles";
import type { Rights } from "./prepare-selection";

export type Colleague = PersonRef & { roles: Role[]; onDuty: boolean };

/** Who may work on items of all these paths, by the roles they hold (`workers`: which do on each, as the server says); who is on duty first, then by name. */
export function colleaguesFor(
  duty: DutyView,
  workers: Rights["workers"],
  paths: readonly EscalationPath[],
): Colleague[] {
  const people = new Map<string, Colleague>();
  for (const { role, person, holders } of duty) {
    for (const { id, name } of holders) {
      const known = people.get(id) ?? { id, name, roles: [], onDuty: false };
      people.set(id, { ...known, roles: [...known.roles, role], onDuty: known.onDuty || person?.id === id });
    }
  }
  const may = ({ roles }: Colleague) => paths.every((path) => roles.some((role) => workers[path].includes(role)));
  return [...people.values()]
    .filter(may)
    .sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name, "en"));
}

/** "Olga Operator (you) · Operator, on duty" */
export function sayColleague({ id, name, roles, onDuty }: Colleague, meId: string): string {
  return `${name}${id === meId ? " (you)" : ""} · ${roles.map((role) => roleNames[role]).join(", ")}${onDuty ? ", on duty" : ""}`;
}
