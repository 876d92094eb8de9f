import type { Role } from "./roles";

export const severities = ["P1", "P2", "P3", "P4"] as const;
export type Severity = (typeof severities)[number];

/** Whom it then reaches, and as which level. Levels only rise. */
export type Raise = { level: number; to: readonly Role[] };

export type SeverityRow = {
  means: string;
  firstResponseMinutes: number;
  resolutionMinutes: number;
  /** As the playbook says it. */
  escalates: string;
  /** The same as data: at T0, so many minutes after it, and when a clock is missed. */
  atOnce: Raise | null;
  ladder: readonly (Raise & { name: string; afterMinutes: number })[];
  responseMissed: Raise;
  resolutionMissed: Raise;
};

const everybody = ["tech_lead", "product_owner", "security"] as const;
const techLead: Raise = { level: 1, to: ["tech_lead"] };

/** thegent's post-launch observation playbook; minutes. "Next sprint" is 14 days. */
export const severityTable: Readonly<Record<Severity, SeverityRow>> = {
  P1: {
    means: "production down, data loss, breach of security, audit chain broken",
    firstResponseMinutes: 15,
    resolutionMinutes: 240,
    escalates: "at once: Tech Lead, Product Owner, Security",
    atOnce: { level: 1, to: everybody },
    ladder: [],
    responseMissed: { level: 2, to: everybody },
    resolutionMissed: { level: 2, to: everybody },
  },
  P2: {
    means: "major feature out, DAG blocked, drift > 20 %",
    firstResponseMinutes: 30,
    resolutionMinutes: 480,
    escalates: "Tech Lead within 1 h; Product Owner after 4 h",
    atOnce: null,
    ladder: [
      { name: "tell the Tech Lead", afterMinutes: 60, ...techLead },
      { name: "tell the Product Owner", afterMinutes: 240, level: 2, to: ["product_owner"] },
    ],
    responseMissed: techLead,
    resolutionMissed: { level: 2, to: ["tech_lead", "product_owner"] },
  },
  P3: {
    means: "partial, workaround exists, fallback rate > 30 %",
    firstResponseMinutes: 120,
    resolutionMinutes: 1440,
    escalates: "Tech Lead",
    atOnce: null,
    ladder: [],
    responseMissed: techLead,
    resolutionMissed: techLead,
  },
  P4: {
    means: "minor",
    firstResponseMinutes: 1440,
    resolutionMinutes: 20160,
    escalates: "backlog",
    atOnce: null,
    ladder: [],
    responseMissed: { level: 0, to: [] },
    resolutionMissed: { level: 0, to: [] },
  },
};
