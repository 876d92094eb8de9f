import type { Role } from "./roles";

export const escalationPaths = ["policy_denial", "contract_drift", "integrity", "incident"] as const;
export type EscalationPath = (typeof escalationPaths)[number];

/** A clock: from when it runs, how long, and what happens when it is missed. */
export type PathClock = {
  name: string;
  /** Minutes from T0; null where the severity of the incident rules. */
  minutes: number | null;
  /** The setting the minutes come from, where one rules. */
  setting?: "escalation_sla_minutes";
  whenMissed: string;
  /** Whom a miss reaches, and at which level; empty where the severity of the incident rules. */
  missedTo: readonly Role[];
};

export type Path = { section: string; name: string; openedBy: string; atOnceTo: readonly Role[]; clocks: readonly PathClock[]; then: string };

/** Section 4: the four escalation paths. */
export const paths: Readonly<Record<EscalationPath, Path>> = {
  policy_denial: {
    section: "4.1",
    name: "Policy denial / blocked run",
    openedBy: "a run blocked by policy (trust score, critical lane, drift budget)",
    atOnceTo: [],
    clocks: [{ name: "resolve", minutes: 30, setting: "escalation_sla_minutes", whenMissed: "escalates to the Product Owner", missedTo: ["product_owner"] }],
    then: "resolved in the queue, or overridden with a justification",
  },
  contract_drift: {
    section: "4.2",
    name: "Contract drift / adapter failure",
    openedBy: "drift detected, or the drift budget exceeded; the critical lane is blocked",
    atOnceTo: ["tech_lead"],
    clocks: [
      { name: "investigate", minutes: 60, whenMissed: "escalates to the Tech Lead", missedTo: ["tech_lead"] },
      { name: "remediate", minutes: 240, whenMissed: "escalates to the Tech Lead", missedTo: ["tech_lead"] },
    ],
    then: "to the Product Owner as soon as an adapter change is required",
  },
  integrity: {
    section: "4.3",
    name: "Audit / integrity failure",
    openedBy: "a verification that fails, or a broken hash chain",
    atOnceTo: ["security"],
    clocks: [
      { name: "root cause", minutes: 120, whenMissed: "escalates by severity", missedTo: [] },
      { name: "remediate", minutes: null, whenMissed: "escalates by severity", missedTo: [] },
    ],
    then: "remediated by incident severity",
  },
  incident: {
    section: "4.4",
    name: "Post-launch incident",
    openedBy: "a declaration, or one of the observation triggers",
    atOnceTo: [],
    clocks: [
      { name: "first response", minutes: null, whenMissed: "escalates by severity", missedTo: [] },
      { name: "resolution", minutes: null, whenMissed: "escalates by severity", missedTo: [] },
    ],
    then: "closed within the resolution time of its severity",
  },
};

export const severities = ["P1", "P2", "P3", "P4"] as const;
export type Severity = (typeof severities)[number];

/** thegent's post-launch observation playbook; minutes. */
export const severityTable: Readonly<Record<Severity, { means: string; firstResponseMinutes: number; resolutionMinutes: number; escalates: string }>> = {
  P1: { means: "production down, data loss, breach of security, audit chain broken", firstResponseMinutes: 15, resolutionMinutes: 240, escalates: "at once: Tech Lead, Product Owner, Security" },
  P2: { means: "major feature out, DAG blocked, drift > 20 %", firstResponseMinutes: 30, resolutionMinutes: 480, escalates: "Tech Lead within 1 h; Product Owner after 4 h" },
  P3: { means: "partial, workaround exists, fallback rate > 30 %", firstResponseMinutes: 120, resolutionMinutes: 1440, escalates: "Tech Lead" },
  P4: { means: "minor", firstResponseMinutes: 1440, resolutionMinutes: 20160, escalates: "backlog" },
};
