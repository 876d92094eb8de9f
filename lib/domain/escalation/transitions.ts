import { isActive, isPastSla, type Escalation, type Outcome, type Status } from "./escalation";

/** Why a transition is refused; each has one sentence for people in lib/format/rejections.ts. */
export type Rejection =
  | { why: "already-closed"; status: Status; byId: string | null }
  | { why: "already-claimed"; byId: string }
  | { why: "claimed-by-another"; byId: string }
  | { why: "not-claimed" }
  | { why: "late-cause-missing" }
  | { why: "no-breach" }
  | { why: "already-signed-off"; byId: string };

export type Transition = { ok: true; next: Changes } | { ok: false; rejection: Rejection };
export type Changes = Partial<Pick<Escalation, "status" | "claimedById" | "claimedAt" | "closedById" | "closedAt" | "level" | "escalatedAt" | "signedOffById">> & {
  outcome?: Outcome;
  note?: string;
  lateCause?: string | null;
  signedOffAt?: Date;
  signOffNote?: string;
};

type By = { personId: string; now: Date };

const refuse = (rejection: Rejection): Transition => ({ ok: false, rejection });

/** An open item becomes claimed. Who has claimed it already keeps it, unchanged; a colleague's claim is not taken over. */
export function decideClaim(item: Escalation, { personId, now }: By): Transition {
  if (!isActive(item.status)) return refuse({ why: "already-closed", status: item.status, byId: item.closedById });
  if (item.claimedById) return refuse({ why: "already-claimed", byId: item.claimedById });
  return { ok: true, next: { status: "claimed", claimedById: personId, claimedAt: now } };
}

/** A claimed item goes back to the queue. Anyone who may claim may also release: a claim is a soft lock, not a possession. */
export function decideRelease(item: Escalation): Transition {
  if (!isActive(item.status)) return refuse({ why: "already-closed", status: item.status, byId: item.closedById });
  if (!item.claimedById) return refuse({ why: "not-claimed" });
  return { ok: true, next: { status: "open", claimedById: null, claimedAt: null } };
}

/**
 * An open item, or one the person claimed, becomes resolved. Past its SLA it needs a cause for the lateness.
 * What a colleague has claimed is theirs to resolve until it is released. Resolved late, it is a breach even if no timer was faster.
 */
export function decideResolve(item: Escalation, { personId, now, outcome, note, lateCause }: By & { outcome: Outcome; note: string; lateCause: string | null }): Transition {
  if (!isActive(item.status)) return refuse({ why: "already-closed", status: item.status, byId: item.closedById });
  if (item.claimedById && item.claimedById !== personId) return refuse({ why: "claimed-by-another", byId: item.claimedById });
  const late = isPastSla(item.dueAt, now);
  if (late && !lateCause) return refuse({ why: "late-cause-missing" });
  const breach = late && item.level === 0 ? { level: 1, escalatedAt: now } : {};
  return { ok: true, next: { status: "resolved", closedById: personId, closedAt: now, outcome, note, lateCause: late ? lateCause : null, ...breach } };
}

/** A breach, of an item open or closed, is signed off once, with a note. */
export function decideSignOff(item: Escalation, { personId, now, note }: By & { note: string }): Transition {
  if (item.level === 0) return refuse({ why: "no-breach" });
  if (item.signedOffById) return refuse({ why: "already-signed-off", byId: item.signedOffById });
  return { ok: true, next: { signedOffById: personId, signedOffAt: now, signOffNote: note } };
}
