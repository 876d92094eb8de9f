import type { Content } from "@/lib/areas/override/domain/blast-radius";
import { settleOverride } from "@/lib/areas/override/domain/next";
import type { Override, OverrideStatus } from "@/lib/areas/override/domain/override";
import { decideRequest, type RequestDraft } from "@/lib/areas/override/domain/transitions";
import { at, T0 } from "./items";

export const justification = "The gate is wrong for this change; CHG-7 has the numbers.";
export const day = 86_400;

export const draft: RequestDraft = {
  id: "o1",
  owner: "ana:shop",
  escalationId: "e1",
  justification,
  ticket: "CHG-7",
  seconds: 7200,
  requestedById: "olga",
  decideBy: at(30),
  previousId: null,
};

/** Asked for by Olga at T0, for two hours; to be decided within 30 minutes, the consultation open for 15. */
export function requested(change: Partial<Override> = {}): Override {
  const transition = decideRequest(draft, { ttlSeconds: day, consultMinutes: 15, warnMinutes: 10, now: T0 });
  if (!transition.ok) throw new Error(transition.rejection.why);
  return settleOverride({ ...transition.next, ...change }, T0);
}

/** Approved by Pia at T0 for two hours, until 120 minutes after it. */
export const approved = (change: Partial<Override> = {}): Override =>
  settleOverride(
    {
      ...requested(),
      status: "approved",
      decidedById: "pia",
      decidedAt: T0,
      decisionNote: "Fine.",
      approvedSeconds: 7200,
      expiresAt: at(120),
      contentHash: "a".repeat(64),
      ...change,
    },
    T0,
  );

const over = (change: Partial<Override>): Override =>
  settleOverride({ ...approved(), endedAt: at(60), ...change }, at(60));

/** One override in each state. */
export const inState: Record<OverrideStatus, Override> = {
  requested: requested(),
  approved: approved(),
  active: approved({ status: "active" }),
  denied: { ...requested(), status: "denied", decidedById: "pia", decidedAt: at(5), decisionNote: "No.", nextAt: null },
  withdrawn: { ...requested(), status: "withdrawn", endedById: "olga", endedAt: at(5), nextAt: null },
  expired: over({ status: "expired", endedAt: at(120) }),
  revoked: over({ status: "revoked", endedById: "omar", endReason: "The cause is gone." }),
};

export const content = (change: Partial<Content> = {}, radius: Partial<Content["radius"]> = {}): Content => ({
  owner: "ana:shop",
  justification,
  ticket: "CHG-7",
  requestedSeconds: 7200,
  radius: {
    owner: "ana:shop",
    denials: [
      { runId: "run_1", reason: "Trust score too low", lane: "standard" },
      { runId: "run_2", reason: "Circuit open", lane: "critical" },
    ],
    runs: [
      { lane: "standard", policyResult: "allow", count: 3 },
      { lane: "critical", policyResult: "deny", count: 1 },
    ],
    agents: ["claude", "codex"],
    live: [{ id: null, expiresAt: "2026-03-02T10:00:00.000Z", reason: "CHG-6" }],
    ...radius,
  },
  ...change,
});
