import type { Activity } from "./matrix";
import type { Domain } from "./ownership";
import type { SettingName } from "./settings";
import type { Raise } from "./severities";

export const escalationPaths = ["policy_denial", "contract_drift", "integrity", "incident"] as const;
export type EscalationPath = (typeof escalationPaths)[number];

/** What stops a clock in time: somebody takes the item, says what was found out, or closes it. */
export type StoppedBy = "claim" | "finding" | "close";

/** A clock: from when the item opens, how long, what stops it, and whom a miss reaches. */
export type PathClock = {
  name: string;
  /** Minutes from T0; the name of a setting; or by the item's severity. */
  minutes: number | Extract<SettingName, "escalation_sla_minutes"> | "first response" | "resolution";
  stoppedBy: StoppedBy;
  /** "by severity": what the severity says of a missed response, or of a missed resolution. */
  missed: Raise | "response by severity" | "resolution by severity";
  whenMissed: string;
};

export type Path = {
  section: string;
  name: string;
  openedBy: string;
  /** The row of the matrix that says who may do what with its items, and who hears of them. */
  activity: Activity;
  /** The domain of section 3 that owns it: new items are routed to its owner role. */
  domain: Domain;
  /** Raised when it opens; the severity may say so too. */
  atOnce: Raise | null;
  clocks: readonly PathClock[];
  /** Whether the timed steps of the severity are its ladder. */
  ladderBySeverity: boolean;
  /** Raised when "adapter change required" is set; what must be decided then is a change of contract. */
  adapterChange: (Raise & { activity: Activity }) | null;
  then: string;
};

/** Section 4: the four escalation paths. A new clock is a row here; items that run already keep the clocks they opened with. */
export const paths: Readonly<Record<EscalationPath, Path>> = {
  policy_denial: {
    section: "4.1",
    name: "Policy denial / blocked run",
    openedBy: "a run blocked by policy (trust score, critical lane, drift budget)",
    activity: "escalation",
    domain: "governance",
    atOnce: null,
    clocks: [
      {
        name: "resolve",
        minutes: "escalation_sla_minutes",
        stoppedBy: "close",
        missed: { level: 1, to: ["product_owner"] },
        whenMissed: "escalates to the Product Owner",
      },
    ],
    ladderBySeverity: false,
    adapterChange: null,
    then: "resolved in the queue, or overridden with a justification",
  },
  contract_drift: {
    section: "4.2",
    name: "Contract drift / adapter failure",
    openedBy: "drift detected, or the drift budget exceeded; the critical lane is blocked",
    activity: "drift",
    domain: "observability",
    atOnce: null,
    clocks: [
      {
        name: "investigate",
        minutes: 60,
        stoppedBy: "finding",
        missed: { level: 1, to: ["tech_lead"] },
        whenMissed: "escalates to the Tech Lead",
      },
      {
        name: "remediate",
        minutes: 240,
        stoppedBy: "close",
        missed: { level: 1, to: ["tech_lead"] },
        whenMissed: "escalates to the Tech Lead",
      },
    ],
    ladderBySeverity: false,
    adapterChange: { level: 2, to: ["product_owner"], activity: "contracts" },
    then: "to the Product Owner as soon as an adapter change is required",
  },
  integrity: {
    section: "4.3",
    name: "Audit / integrity failure",
    openedBy: "a verification that fails, or a broken hash chain",
    activity: "audit",
    domain: "compliance",
    atOnce: { level: 1, to: ["security"] },
    clocks: [
      {
        name: "root cause",
        minutes: 120,
        stoppedBy: "finding",
        missed: "response by severity",
        whenMissed: "escalates by severity",
      },
      {
        name: "remediate",
        minutes: "resolution",
        stoppedBy: "close",
        missed: "resolution by severity",
        whenMissed: "escalates by severity",
      },
    ],
    ladderBySeverity: false,
    adapterChange: null,
    then: "remediated by incident severity",
  },
  incident: {
    section: "4.4",
    name: "Post-launch incident",
    openedBy: "a declaration, or one of the observation triggers",
    activity: "observation",
    domain: "observability",
    atOnce: null,
    clocks: [
      {
        name: "first response",
        minutes: "first response",
        stoppedBy: "claim",
        missed: "response by severity",
        whenMissed: "escalates by severity",
      },
      {
        name: "resolution",
        minutes: "resolution",
        stoppedBy: "close",
        missed: "resolution by severity",
        whenMissed: "escalates by severity",
      },
    ],
    ladderBySeverity: true,
    adapterChange: null,
    then: "closed within the resolution time of its severity",
  },
};
