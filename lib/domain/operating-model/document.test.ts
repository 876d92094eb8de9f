/**
 * The operating model as data, held against a copy of the document's tables that was written by hand. Somebody who changes the
 * data without the document, or the other way round, reads here which cell differs.
 */
import { describe, expect, it } from "vitest";
import { activities, activityNames, matrix } from "./matrix";
import { domains, ownership } from "./ownership";
import { paths, severityTable } from "./paths";
import { roleNames, roles } from "./roles";
import { settingDefinitions } from "./settings";

const raci = `
| Activity | Product Owner | Tech Lead | Operator | Security/Compliance | Stakeholder |
| Orchestration (run, bg, dag run) | A | R | R | I | I |
| Policy definition & thresholds | A | R | I | R | C |
| Override approval (--override) | A | I | R | C | I |
| Escalation queue (govern escalate) | A | I | R | C | I |
| Drift detection & sweep | I | R | R | I | I |
| Audit trail & integrity | I | R | I | R | C |
| Recovery (reconcile, rollback) | I | R | R | I | I |
| Data protection & retention | A | R | I | R | C |
| Contract migration & versioning | A | R | I | I | C |
| Post-launch observation | A | R | R | I | I |
`;

const owners = `
| Domain | Owner | Backup | Scope |
| Orchestration | Tech Lead | Operator | run, bg, dag, agents, routing |
| Governance | Product Owner | Security | policy, override, escalation, data-protection |
| Recovery | Tech Lead | Operator | reconcile, rollback, recover, stop |
| Observability | Operator | Tech Lead | cockpit, benchmark, drift, KPIs |
| Contracts | Tech Lead | Product Owner | conformance, migration, schema versioning |
| Compliance | Security/Compliance | Product Owner | audit, retention, evidence |
`;

const table = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));

describe("the RACI matrix of section 2", () => {
  const [head, ...rows] = table(raci);
  it("has the document's roles in its order", () => {
    expect(roles.map((role) => roleNames[role])).toEqual(head!.slice(1));
  });
  it("has the document's activities in its order", () => {
    expect(activities.map((activity) => activityNames[activity])).toEqual(rows.map((row) => row[0]));
  });
  it.each(rows.map((row, index) => [row[0]!, row.slice(1), activities[index]!] as const))("%s: %j", (_, letters, activity) => {
    expect(roles.map((role) => matrix[activity][role])).toEqual(letters);
  });
});

describe("the ownership map of section 3", () => {
  const [, ...rows] = table(owners);
  it.each(rows.map((row, index) => [row[0]!, row, domains[index]!] as const))("%s", (_, row, domain) => {
    const { name, owner, backup, scope } = ownership[domain];
    const said = [name, roleNames[owner], roleNames[backup], scope.join(", ")];
    expect(said).toEqual(row.map((cell) => (cell === "Security" ? "Security/Compliance" : cell)));
  });
});

describe("the escalation paths of section 4", () => {
  it("gives a policy denial 30 minutes, by the setting", () => {
    expect(paths.policy_denial.clocks).toMatchObject([{ minutes: 30, setting: "escalation_sla_minutes" }]);
  });
  it("gives drift 60 minutes to investigate and 4 hours to remediate, to the Tech Lead", () => {
    expect(paths.contract_drift.clocks.map(({ minutes }) => minutes)).toEqual([60, 240]);
    expect(paths.contract_drift.atOnceTo).toEqual(["tech_lead"]);
  });
  it("gives an integrity failure 2 hours for its root cause, to Security at once", () => {
    expect(paths.integrity.clocks[0]).toMatchObject({ minutes: 120 });
    expect(paths.integrity.atOnceTo).toEqual(["security"]);
  });
  it("takes an incident's clocks from its severity", () => {
    expect(Object.entries(severityTable).map(([name, { firstResponseMinutes, resolutionMinutes }]) => [name, firstResponseMinutes, resolutionMinutes])).toEqual([
      ["P1", 15, 4 * 60],
      ["P2", 30, 8 * 60],
      ["P3", 2 * 60, 24 * 60],
      ["P4", 24 * 60, 14 * 24 * 60],
    ]);
  });
});

describe("the settings of section 6", () => {
  it("have the document's defaults and ranges", () => {
    expect(settingDefinitions).toMatchObject({
      escalation_sla_minutes: { environment: "THGENT_ESCALATION_SLA_MINUTES", default: 30, min: 5, max: 1440 },
      escalation_sla_breach_alert: { environment: "THGENT_ESCALATION_SLA_BREACH_ALERT", default: true },
      override_ttl_seconds: { environment: "THGENT_OVERRIDE_TTL_SECONDS", default: 86400, min: 60, max: 604800 },
    });
  });
});
