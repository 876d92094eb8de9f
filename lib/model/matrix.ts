import type { Letter, Role } from "./roles";

/** The ten activities of section 2, in its order. */
export const activities = [
  "orchestration",
  "policy",
  "override",
  "escalation",
  "drift",
  "audit",
  "recovery",
  "retention",
  "contracts",
  "observation",
] as const;
export type Activity = (typeof activities)[number];

export const activityNames: Record<Activity, string> = {
  orchestration: "Orchestration (run, bg, dag run)",
  policy: "Policy definition & thresholds",
  override: "Override approval (--override)",
  escalation: "Escalation queue (govern escalate)",
  drift: "Drift detection & sweep",
  audit: "Audit trail & integrity",
  recovery: "Recovery (reconcile, rollback)",
  retention: "Data protection & retention",
  contracts: "Contract migration & versioning",
  observation: "Post-launch observation",
};

export type Matrix = Readonly<Record<Activity, Readonly<Record<Role, Letter>>>>;

const row = (product_owner: Letter, tech_lead: Letter, operator: Letter, security: Letter, stakeholder: Letter) => ({
  product_owner,
  tech_lead,
  operator,
  security,
  stakeholder,
});

/** Section 2 of the operating model, the only source of permission. */
export const matrix: Matrix = {
  orchestration: row("A", "R", "R", "I", "I"),
  policy: row("A", "R", "I", "R", "C"),
  override: row("A", "I", "R", "C", "I"),
  escalation: row("A", "I", "R", "C", "I"),
  drift: row("I", "R", "R", "I", "I"),
  audit: row("I", "R", "I", "R", "C"),
  recovery: row("I", "R", "R", "I", "I"),
  retention: row("A", "R", "I", "R", "C"),
  contracts: row("A", "R", "I", "I", "C"),
  observation: row("A", "R", "R", "I", "I"),
};
