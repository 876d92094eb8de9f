import type { Tell } from "@/lib/kernel/notice/steps";
import { paths, type EscalationPath } from "@/lib/model/paths";
import type { Severity } from "@/lib/model/severities";
import { atOnce, settle, severityOf, startClocks, type OpeningSettings } from "./clocks";
import type { Escalation } from "./escalation";
import { openedTell, raisedTell } from "./tells";

export type Draft = {
  id: string;
  path: EscalationPath;
  subject: string;
  severity: Severity | null;
  owner: string | null;
  ownerShown?: string | null;
  reason: string;
  /** When its clocks begin: a policy denial's when its run was blocked. */
  startedAt: Date;
  /** A thegent record's own escalate_by_utc, which rules. */
  dueAt?: Date;
};

const untouched = {
  version: 1,
  status: "open",
  claimedById: null,
  claimedAt: null,
  claimQuietAt: null,
  closedById: null,
  closedAt: null,
  outcome: null,
  note: null,
  lateCause: null,
  breachedAt: null,
  finding: null,
  adapterChange: false,
  adapterChangeById: null,
  signedOffById: null,
  signedOffAt: null,
  signOffNote: null,
  lostAt: null,
} as const;

/** A new item with its clocks running, raised at once where its path or severity says so, and what is to be told of it. */
export function openItem(
  { startedAt, dueAt, ...draft }: Draft,
  settings: OpeningSettings,
  now: Date,
): { item: Escalation; tells: Tell[] } {
  const { path, subject } = draft;
  const severity = severityOf(path, draft.severity);
  const clocks = startClocks({ path, severity, startedAt, settings, dueAt });
  const raise = atOnce(path, severity);
  const item: Escalation = {
    ...untouched,
    ...draft,
    ownerShown: draft.ownerShown ?? null,
    severity,
    runId: path === "policy_denial" ? subject : null,
    clocks,
    dueAt: clocks[0]!.dueAt,
    dueClock: clocks[0]!.name,
    nextAt: null,
    level: raise?.level ?? 0,
    escalatedAt: raise ? now : null,
  };
  const { activity } = paths[path];
  return {
    item: settle(item),
    tells: [openedTell(activity), ...(raise ? [raisedTell(raise.level, raise.to, raise.activity)] : [])],
  };
}

/** An item whose first clock falls due at another instant than it did: thegent's records say so. What was heard stays heard. */
export function moveDue(item: Escalation, startedAt: Date, dueAt: Date): Escalation {
  return settle({
    ...item,
    clocks: item.clocks.map((clock, index) => (index === 0 ? { ...clock, startedAt, dueAt } : clock)),
  });
}
