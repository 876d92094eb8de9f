/**
 * The operating model as data, held against a copy of the document's tables that was written by hand. Somebody who changes the
 * data without the document, or the other way round, reads here which cell differs.
 */
import { describe, expect, it } from "vitest";
import { cellsOf, documentMatrix } from "@/lib/testing/raci";
import { activities, activityNames, matrix } from "./matrix";
import { domains, ownership } from "./ownership";
import { paths } from "./paths";
import { roleNames, roles } from "./roles";
import { settingDefinitions } from "./settings";
import { severityTable, type Raise } from "./severities";

const owners = `
| Domain | Owner | Backup | Scope |
| Orchestration | Tech Lead | Operator | run, bg, dag, agents, routing |
| Governance | Product Owner | Security | policy, override, escalation, data-protection |
| Recovery | Tech Lead | Operator | reconcile, rollback, recover, stop |
| Observability | Operator | Tech Lead | cockpit, benchmark, drift, KPIs |
| Contracts | Tech Lead | Product Owner | conformance, migration, schema versioning |
| Compliance | Security/Compliance | Product Owner | audit, retention, evidence |
`;

describe("the RACI matrix of section 2", () => {
  const [head, ...rows] = documentMatrix;
  it("has the document's roles in its order", () => {
    expect(roles.map((role) => roleNames[role])).toEqual(head!.slice(1));
  });
  it("has the document's activities in its order", () => {
    expect(activities.map((activity) => activityNames[activity])).toEqual(rows.map((row) => row[0]));
  });
  it.each(rows.map((row, index) => [row[0]!, row.slice(1), activities[index]!] as const))(
    "%s: %j",
    (_, letters, activity) => {
      expect(roles.map((role) => matrix[activity][role])).toEqual(letters);
    },
  );
});

describe("the ownership map of section 3", () => {
  const [, ...rows] = cellsOf(owners);
  it.each(rows.map((row, index) => [row[0]!, row, domains[index]!] as const))("%s", (_, row, domain) => {
    const { name, owner, backup, scope } = ownership[domain];
    const said = [name, roleNames[owner], roleNames[backup], scope.join(", ")];
    expect(said).toEqual(row.map((cell) => (cell === "Security" ? "Security/Compliance" : cell)));
  });
});

describe("the escalation paths of section 4", () => {
  const toTechLead: Raise = { level: 1, to: ["tech_lead"] };

  it("are four, each with its row of the matrix and the domain that it is routed to", () => {
    expect(
      Object.entries(paths).map(([id, { section, activity, domain }]) => [
        id,
        section,
        activityNames[activity],
        ownership[domain].name,
      ]),
    ).toEqual([
      ["policy_denial", "4.1", "Escalation queue (govern escalate)", "Governance"],
      ["contract_drift", "4.2", "Drift detection & sweep", "Observability"],
      ["integrity", "4.3", "Audit trail & integrity", "Compliance"],
      ["incident", "4.4", "Post-launch observation", "Observability"],
    ]);
  });
  it.each([
    ["policy_denial", "Product Owner", "Security/Compliance"],
    ["contract_drift", "Operator", "Tech Lead"],
    ["integrity", "Security/Compliance", "Product Owner"],
    ["incident", "Operator", "Tech Lead"],
  ] as const)("%s is routed to the %s, whose backup is the %s", (path, owner, backup) => {
    const domain = ownership[paths[path].domain];
    expect([roleNames[domain.owner], roleNames[domain.backup]]).toEqual([owner, backup]);
  });

  it("gives a policy denial the minutes of the setting, then the Product Owner, level 1", () => {
    expect(paths.policy_denial.clocks).toMatchObject([
      {
        name: "resolve",
        minutes: "escalation_sla_minutes",
        stoppedBy: "close",
        missed: { level: 1, to: ["product_owner"] },
      },
    ]);
    expect(paths.policy_denial).toMatchObject({ atOnce: null, ladderBySeverity: false, adapterChange: null });
  });
  it("gives drift 60 minutes to investigate and 4 hours to remediate, then the Tech Lead, level 1", () => {
    expect(paths.contract_drift.clocks).toMatchObject([
      { name: "investigate", minutes: 60, stoppedBy: "finding", missed: toTechLead },
      { name: "remediate", minutes: 4 * 60, stoppedBy: "close", missed: toTechLead },
    ]);
    expect(paths.contract_drift.atOnce).toBeNull();
  });
  it("raises drift to the Product Owner, level 2, to decide on contracts, as soon as an adapter change is required", () => {
    expect(paths.contract_drift.adapterChange).toEqual({ level: 2, to: ["product_owner"], activity: "contracts" });
  });
  it("gives an integrity failure to Security at once, 2 hours for its root cause, and for its remediation what its severity says", () => {
    expect(paths.integrity.atOnce).toEqual({ level: 1, to: ["security"] });
    expect(paths.integrity.clocks).toMatchObject([
      { name: "root cause", minutes: 2 * 60, stoppedBy: "finding", missed: "response by severity" },
      { name: "remediate", minutes: "resolution", stoppedBy: "close", missed: "resolution by severity" },
    ]);
    expect(paths.integrity.adapterChange).toBeNull();
  });
  it("gives an incident what its severity says, all of it", () => {
    expect(paths.incident.clocks).toMatchObject([
      { name: "first response", minutes: "first response", stoppedBy: "claim", missed: "response by severity" },
      { name: "resolution", minutes: "resolution", stoppedBy: "close", missed: "resolution by severity" },
    ]);
    expect(paths.incident).toMatchObject({ atOnce: null, ladderBySeverity: true, adapterChange: null });
  });
});

describe("the severities of the post-launch observation playbook", () => {
  it("have their minutes of first response and of resolution", () => {
    expect(
      Object.entries(severityTable).map(([name, { firstResponseMinutes, resolutionMinutes }]) => [
        name,
        firstResponseMinutes,
        resolutionMinutes,
      ]),
    ).toEqual([
      ["P1", 15, 4 * 60],
      ["P2", 30, 8 * 60],
      ["P3", 2 * 60, 24 * 60],
      ["P4", 24 * 60, 14 * 24 * 60],
    ]);
  });
  it("P1 reaches Tech Lead, Product Owner and Security at once", () => {
    expect(severityTable.P1.atOnce?.to).toEqual(["tech_lead", "product_owner", "security"]);
    expect([severityTable.P2.atOnce, severityTable.P3.atOnce, severityTable.P4.atOnce]).toEqual([null, null, null]);
  });
  it("P2 reaches the Tech Lead within 1 hour and the Product Owner after 4", () => {
    expect(severityTable.P2.ladder.map(({ afterMinutes, level, to }) => [afterMinutes, level, to])).toEqual([
      [60, 1, ["tech_lead"]],
      [4 * 60, 2, ["product_owner"]],
    ]);
    expect([severityTable.P1.ladder, severityTable.P3.ladder, severityTable.P4.ladder]).toEqual([[], [], []]);
  });
  it("a missed P3 reaches the Tech Lead, a missed P4 nobody: it stays in the backlog", () => {
    expect(severityTable.P3).toMatchObject({
      responseMissed: { to: ["tech_lead"] },
      resolutionMissed: { to: ["tech_lead"] },
    });
    expect(severityTable.P4).toMatchObject({
      responseMissed: { level: 0, to: [] },
      resolutionMissed: { level: 0, to: [] },
    });
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
