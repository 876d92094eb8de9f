/**
 * Glossary of the escalation domain
 *   item         one escalation of the queue; for a policy denial all of a run's pending records in thegent
 *   record       one line of thegent's escalation_queue.jsonl
 *   due          the earliest escalate_by_utc of an item's pending records: that instant rules; past it, past SLA
 *   claim        somebody says "I work on this"; a soft lock
 *   level        how far an item was escalated; 1: to the Product Owner, because it passed its SLA
 *   breach       an item at level 1 or more; it waits for a sign-off, however the item ends
 *   outcome      how an item was resolved here
 *   decided      committed here; taken up: written into thegent's file. Two states, both shown
 *   waiting set  the records that thegent itself lists as waiting
 */
import type { EscalationPath } from "../operating-model/paths";

export const outcomes = ["unblocked", "rejected", "duplicate", "superseded"] as const;
export type Outcome = (typeof outcomes)[number];

/** The status word written into thegent's record. "resolved" is the word thegent's own command writes by default. */
export const thegentWordFor: Readonly<Record<Outcome, string>> = {
  unblocked: "resolved",
  rejected: "rejected",
  duplicate: "duplicate",
  superseded: "superseded",
};

export const statuses = ["open", "claimed", "resolved", "overridden", "cancelled"] as const;
export type Status = (typeof statuses)[number];

export type Escalation = {
  id: string;
  version: number;
  path: EscalationPath;
  runId: string;
  status: Status;
  dueAt: Date;
  claimedById: string | null;
  claimedAt: Date | null;
  closedById: string | null;
  closedAt: Date | null;
  level: number;
  escalatedAt: Date | null;
  signedOffById: string | null;
};

export const isActive = (status: Status): boolean => status === "open" || status === "claimed";

/** At the due instant itself an item is not yet past its SLA (as in thegent: now > escalate_by). */
export const isPastSla = (dueAt: Date, now: Date): boolean => now.getTime() > dueAt.getTime();
