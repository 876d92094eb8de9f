import type { EscalationDetail, EscalationRow } from "@/lib/contracts/escalations";

/** For tests only: one open item, and its detail. */
export const row: EscalationRow = {
  id: "0193a2b4-0000-7000-8000-000000000001",
  version: 1,
  path: "policy_denial",
  runId: "run_1b65b17e",
  status: "open",
  priority: 5,
  lane: "critical",
  owner: "night-shift:billing",
  agent: "claude",
  reason: "Critical lane requires confidence >= 0.9 (current: 0.8945)",
  recordCount: 2,
  blockedAt: "2026-02-10T09:00:00.000Z",
  dueAt: "2026-02-10T09:30:00.000Z",
  claimedBy: null,
  claimedAt: null,
  closedAt: null,
  closedBy: null,
  closedIn: null,
  outcome: null,
  effect: null,
  level: 0,
  escalatedAt: null,
  signedOffBy: null,
};

const record = { line: 3, status: "pending", reason: row.reason, priority: 5, blockedAt: row.blockedAt, escalateBy: row.dueAt, slaMinutes: 30, resolvedAt: null, gone: false };

export const detail: EscalationDetail = {
  ...row,
  slaMinutes: 30,
  openedAt: row.blockedAt,
  note: null,
  lateCause: null,
  thegentWord: null,
  signedOffAt: null,
  signOffNote: null,
  comesNext: { at: "2026-02-10T09:30:00.001Z", to: ["product_owner"], level: 1 },
  modelVersion: "om-0",
  previous: null,
  effectView: null,
  run: null,
  records: [record, { ...record, line: 7 }, { ...record, line: 9, gone: true }],
  timeline: [],
  may: {
    claim: { allowed: true, as: "operator", letter: "R" },
    release: { allowed: true, as: "operator", letter: "R" },
    resolve: { allowed: true, as: "operator", letter: "R" },
    retry: { allowed: true, as: "operator", letter: "R" },
    signOff: { allowed: false, because: "Product Owner can do this; Operator is Responsible (R) for the escalation queue.", whoCan: ["product_owner"] },
  },
  now: "2026-02-10T09:10:00.000Z",
};
