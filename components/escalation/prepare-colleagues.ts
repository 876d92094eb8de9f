import type { DutyView } from "@/lib/areas/duty/page-port";
import type { PersonRef } from "@/lib/kernel/contract";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { EscalationPath } from "@/lib/model/paths";
import { roleNames, type Role } from "@/lib/model/roles";

export type Colleague = PersonRef & { roles: Role[]; onDuty: boolean };

/** Who may work on items of all these paths, by the roles they hold; who is on duty first, then by name. */
export function colleaguesFor(duty: DutyView, paths: readonly EscalationPath[]): Colleague[] {
  const people = new Map<string, Colleague>();
  for (const { role, person, holders } of duty) {
    for (const { id, name } of holders) {
      const known = people.get(id) ?? { id, name, roles: [], onDuty: false };
      people.set(id, { ...known, roles: [...known.roles, role], onDuty: known.onDuty || person?.id === id });
    }
  }
  const may = ({ id, name, roles }: Colleague) => paths.every((path) => decide(operatingModel, "escalation.claim", { kind: "person", id, name, roles }, path).allowed);
  return [...people.values()].filter(may).sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name, "en"));
}

/** "Olga Operator (you) · Operator, on duty" */
export function sayColleague({ id, name, roles, onDuty }: Colleague, meId: string): string {
  return `${name}${id === meId ? " (you)" : ""} · ${roles.map((role) => roleNames[role]).join(", ")}${onDuty ? ", on duty" : ""}`;
}
