import type { EscalationDetail, EscalationRow, ItemAct } from "@/lib/areas/escalation/contract";
import type { MayDo } from "@/lib/kernel/contract";

/** For tests only: one open item, and its detail. */
export const row: EscalationRow = {
  id: "0193a2b4-0000-7000-8000-000000000001",
  version: 1,
  path: "policy_denial",
  subject: "run_1b65b17e",
  runId: "run_1b65b17e",
  severity: null,
  status: "open",
  priority: 5,
  lane: "critical",
  owner: "night-shift:billing",
  ownerShown: null,
  agent: "claude",
  reason: "Critical lane requires confidence >= 0.9 (current: 0.8945)",
  recordCount: 2,
  blockedAt: "2026-02-10T09:00:00.000Z",
  dueAt: "2026-02-10T09:30:00.000Z",
  dueClock: "resolve",
  claimedBy: null,
  claimedAt: null,
  claimQuietAt: null,
  closedAt: null,
  closedBy: null,
  closedIn: null,
  outcome: null,
  effect: null,
  level: 0,
  escalatedAt: null,
  breachedAt: null,
  signedOffBy: null,
  lostAt: null,
  resolvesByRemoving: false,
};

const record = { line: 3, status: "pending", reason: row.reason, priority: 5, dialect: "reference" as const, blockedAt: row.blockedAt, escalateBy: row.dueAt, slaMinutes: 30, resolvedAt: null, gone: false };

const operator: MayDo = { allowed: true, as: "operator", letter: "R" };
const acts: readonly ItemAct[] = ["claim", "assign", "release", "report", "resolve", "cancel", "reopen", "retry", "addAgain", "comment", "advise"];

export const detail: EscalationDetail = {
  ...row,
  slaMinutes: 30,
  openedAt: row.blockedAt,
  note: null,
  lateCause: null,
  thegentWord: null,
  signedOffAt: null,
  signOffNote: null,
  finding: null,
  adapterChange: false,
  clocks: [{ name: "resolve", kind: "sla", startedAt: row.blockedAt, dueAt: row.dueAt, stoppedAt: null, firedAt: null, level: 1, to: ["product_owner"] }],
  route: { role: "product_owner", person: null, backup: false, standsInFor: null },
  comesNext: { at: "2026-02-10T09:30:00.001Z", what: "miss", clock: "resolve", level: 1, reaches: [{ role: "product_owner", letter: "A", onDuty: false, people: [] }] },
  hears: [],
  nextStep: "An Operator claims it.",
  related: [],
  modelVersion: "om-0",
  previous: null,
  reopenedAs: null,
  effectView: null,
  run: null,
  records: [record, { ...record, line: 7 }, { ...record, line: 9, gone: true }],
  timeline: [],
  may: {
    ...(Object.fromEntries(acts.map((act) => [act, operator])) as EscalationDetail["may"]),
    signOff: { allowed: false, because: "Product Owner can do this; Operator is Responsible (R) for the escalation queue.", whoCan: ["product_owner"] },
    override: operator,
  },
  assignable: [],
  overrides: [],
  now: "2026-02-10T09:10:00.000Z",
};
