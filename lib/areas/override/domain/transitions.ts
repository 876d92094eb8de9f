import { leastSeconds, mostSeconds } from "@/lib/model/limits";
import { settleOverride, passTimeOfOverride, type OverrideDue } from "./next";
import { hasSubstance, isInForce, type Override, type OverrideStatus } from "./override";

/** Why a transition is refused; each has one sentence for people in lib/areas/override/words.ts. */
export type OverrideRejection =
  | { why: "not-requested"; status: OverrideStatus; byId: string | null }
  | { why: "not-in-force"; status: OverrideStatus; byId: string | null }
  | { why: "own-request" }
  | { why: "own-advice" }
  | { why: "not-yours" }
  | { why: "no-substance" }
  | { why: "bad-validity"; least: number; most: number }
  | { why: "consultation-open"; until: Date }
  | { why: "content-changed" };

export type OverrideTransition =
  { ok: true; next: Override; overdue: readonly OverrideDue[] } | { ok: false; rejection: OverrideRejection };

const refuse = (rejection: OverrideRejection): OverrideTransition => ({ ok: false, rejection });
const go = (next: Override, now: Date, overdue: readonly OverrideDue[] = []): OverrideTransition => ({
  ok: true,
  next: settleOverride(next, now),
  overdue,
});

export type RequestDraft = {
  id: string;
  owner: string;
  escalationId: string | null;
  justification: string;
  ticket: string | null;
  seconds: number;
  requestedById: string;
  /** The escalation's due instant; an owner's own request has the SLA of a policy denial. */
  decideBy: Date;
  previousId: string | null;
};

/** The settings in force when it is asked for; it keeps them. */
export type RequestSettings = { ttlSeconds: number; consultMinutes: number; warnMinutes: number };

/** A new request: the consultation opens with it. */
export function decideRequest(
  { seconds, ...draft }: RequestDraft,
  { ttlSeconds, consultMinutes, warnMinutes, now }: RequestSettings & { now: Date },
): OverrideTransition {
  if (!hasSubstance(draft.justification)) return refuse({ why: "no-substance" });
  const validity = checkSeconds(seconds, Math.min(ttlSeconds, mostSeconds));
  if (validity) return refuse(validity);
  return go(
    {
      ...draft,
      version: 1,
      status: "requested",
      requestedAt: now,
      requestedSeconds: seconds,
      consultUntil: new Date(now.getTime() + consultMinutes * 60_000),
      warnMinutes,
      advisedById: null,
      advisedAt: null,
      advice: null,
      adviceInFavour: null,
      decidedById: null,
      decidedForId: null,
      decidedAt: null,
      decisionNote: null,
      withoutConsultation: null,
      approvedSeconds: null,
      expiresAt: null,
      contentHash: null,
      endedById: null,
      endedAt: null,
      endReason: null,
      overdueAt: null,
      warnedAt: null,
      nextAt: null,
    },
    now,
  );
}

function checkSeconds(seconds: number, most: number): OverrideRejection | null {
  return Number.isInteger(seconds) && seconds >= leastSeconds && seconds <= most
    ? null
    : { why: "bad-validity", least: leastSeconds, most };
}

/** Recorded advice of the consulted role, never of who asked; given again, it replaces what was given before. */
export function decideAdvice(
  override: Override,
  { personId, now, text, inFavour }: { personId: string; now: Date; text: string; inFavour: boolean },
): OverrideTransition {
  if (override.status !== "requested") return decided(override);
  if (override.requestedById === personId) return refuse({ why: "own-advice" });
  const { override: aged, happened } = passTimeOfOverride(override, now);
  return go({ ...aged, advisedById: personId, advisedAt: now, advice: text, adviceInFavour: inFavour }, now, happened);
}

const decided = ({ status, decidedById, endedById }: Override): OverrideTransition =>
  refuse({ why: "not-requested", status, byId: decidedById ?? endedById });

/** Whose decision it is: a person, and whom they stand in for as a delegate. Separation of duties counts both. */
export type Decider = { personId: string; forId: string | null; now: Date };

type Deciding = Decider & {
  note: string;
  /** Why before the consulted role advised and before its window passed; null: not said. */
  withoutConsultation: string | null;
};

/** Approved: it begins now, for at most what was asked and what the setting allows, and only on the content that the approver saw. */
export function decideApproval(
  override: Override,
  {
    seconds,
    ttlSeconds,
    seenHash,
    contentHash,
    ...by
  }: Deciding & { seconds: number; ttlSeconds: number; seenHash: string; contentHash: string },
): OverrideTransition {
  const refused = mayDecide(override, by);
  if (refused) return refused;
  const validity = checkSeconds(seconds, Math.min(override.requestedSeconds, ttlSeconds));
  if (validity) return refuse(validity);
  if (seenHash !== contentHash) return refuse({ why: "content-changed" });
  const { override: aged, happened } = passTimeOfOverride(override, by.now);
  const expiresAt = new Date(by.now.getTime() + seconds * 1000);
  return go(
    { ...aged, ...decision(override, by), status: "approved", approvedSeconds: seconds, expiresAt, contentHash },
    by.now,
    happened,
  );
}

/** Denied, with a reason. What a person denies is a person's refusal; a deadline that passes is none. */
export function decideDenial(override: Override, by: Deciding): OverrideTransition {
  const refused = mayDecide(override, by);
  if (refused) return refused;
  const { override: aged, happened } = passTimeOfOverride(override, by.now);
  return go({ ...aged, ...decision(override, by), status: "denied" }, by.now, happened);
}

function mayDecide(override: Override, by: Deciding): OverrideTransition | null {
  if (override.status !== "requested") return decided(override);
  if ([by.personId, by.forId].includes(override.requestedById)) return refuse({ why: "own-request" });
  if (isConsultationOpen(override, by.now, by) && !by.withoutConsultation)
    return refuse({ why: "consultation-open", until: override.consultUntil });
  return null;
}

type Consulted = Pick<Override, "advisedById" | "consultUntil" | "requestedById">;

/**
 * Nobody else of the consulted role has advised yet, and they still have time. At the last instant the window has passed. Consulted is
 * somebody else: advice of who asked, of who decides or of whom they stand in for answers nothing. `decider` null: whoever else decides.
 */
export function isConsultationOpen(
  { advisedById, consultUntil, requestedById }: Consulted,
  now: Date,
  decider: Omit<Decider, "now"> | null,
): boolean {
  const answered = advisedById !== null && ![requestedById, decider?.personId, decider?.forId].includes(advisedById);
  return !answered && now < consultUntil;
}

/** The reason for not waiting is kept only where it was needed. */
const decision = (override: Override, by: Deciding) => ({
  decidedById: by.personId,
  decidedForId: by.forId,
  decidedAt: by.now,
  decisionNote: by.note,
  withoutConsultation: isConsultationOpen(override, by.now, by) ? by.withoutConsultation : null,
});

/** Taken back by who asked for it, before anybody decided. */
export function decideWithdrawal(
  override: Override,
  { personId, now }: { personId: string; now: Date },
): OverrideTransition {
  if (override.status !== "requested") return decided(override);
  if (override.requestedById !== personId) return refuse({ why: "not-yours" });
  const { override: aged, happened } = passTimeOfOverride(override, now);
  return go({ ...aged, status: "withdrawn", endedById: personId, endedAt: now }, now, happened);
}

/** Ended early, with a reason. What has reached its end by itself is expired, not revoked. */
export function decideRevocation(
  override: Override,
  { personId, now, reason }: { personId: string; now: Date; reason: string },
): OverrideTransition {
  const { override: aged, happened } = passTimeOfOverride(override, now);
  if (!isInForce(aged.status))
    return refuse({
      why: "not-in-force",
      status: aged.status,
      byId: aged.endedById ?? (aged.status === "denied" ? aged.decidedById : null),
    });
  return go({ ...aged, status: "revoked", endedById: personId, endedAt: now, endReason: reason }, now, happened);
}

/** thegent's file holds it: thegent honours it from now on. Null when it is no matter any more. */
export const activate = (override: Override, now: Date): Override | null =>
  override.status === "approved" ? settleOverride({ ...override, status: "active" }, now) : null;
