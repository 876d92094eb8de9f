import type { Role } from "./roles";

export const domains = ["orchestration", "governance", "recovery", "observability", "contracts", "compliance"] as const;
export type Domain = (typeof domains)[number];

export type Ownership = { name: string; owner: Role; backup: Role; scope: readonly string[] };

/** Section 3: who owns what, and who stands in. */
export const ownership: Readonly<Record<Domain, Ownership>> = {
  orchestration: {
    name: "Orchestration",
    owner: "tech_lead",
    backup: "operator",
    scope: ["run", "bg", "dag", "agents", "routing"],
  },
  governance: {
    name: "Governance",
    owner: "product_owner",
    backup: "security",
    scope: ["policy", "override", "escalation", "data-protection"],
  },
  recovery: {
    name: "Recovery",
    owner: "tech_lead",
    backup: "operator",
    scope: ["reconcile", "rollback", "recover", "stop"],
  },
  observability: {
    name: "Observability",
    owner: "operator",
    backup: "tech_lead",
    scope: ["cockpit", "benchmark", "drift", "KPIs"],
  },
  contracts: {
    name: "Contracts",
    owner: "tech_lead",
    backup: "product_owner",
    scope: ["conformance", "migration", "schema versioning"],
  },
  compliance: {
    name: "Compliance",
    owner: "security",
    backup: "product_owner",
    scope: ["audit", "retention", "evidence"],
  },
};
