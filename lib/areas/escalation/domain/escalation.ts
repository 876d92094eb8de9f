/**
 * Glossary of the escalation domain
 *   item         one escalation of the queue; for a policy denial all of a run's pending records in thegent
 *   record       one line of thegent's escalation_queue.jsonl
 *   subject      what an item is about: the run, the drift episode, the verification, the incident
 *   clock        a name, a start, a due time, what stops it, and whom a miss reaches; an SLA clock, or a step of a ladder
 *   due          when the first of the running SLA clocks runs out; past it, past SLA
 *   claim        somebody says "I work on this"; a soft lock, which returns to the queue when its holder goes quiet
 *   finding      what was found out: the investigation of drift, the root cause of an integrity failure
 *   level        how far an item was escalated; it only rises
 *   breach       an item that missed an SLA clock; it waits for a sign-off, however the item ends
 *   outcome      how an item was resolved here
 *   decided      committed here; taken up: written into thegent's file. Two states, both shown
 *   lost         an open item whose record vanished from thegent's file; nobody resolved it
 *   waiting set  the records that thegent itself lists as waiting
 */
import type { Activity } from "@/lib/model/matrix";
import type { EscalationPath, StoppedBy } from "@/lib/model/paths";
import type { Raise, Severity } from "@/lib/model/severities";

export const outcomes = ["unblocked", "rejected", "duplicate", "superseded"] as const;
export type Outcome = (typeof outcomes)[number];

/** The status word written into thegent's record. "resolved" is the word thegent's own command writes by default. */
export const thegentWordFor: Readonly<Record<Outcome | "cancelled" | "overridden", string>> = {
  unblocked: "resolved",
  rejected: "rejected",
  duplicate: "duplicate",
  superseded: "superseded",
  cancelled: "cancelled",
  overridden: "overridden",
};

/** `recovered`: what it was about ended by itself; a remediation it is not. */
export type Status = "open" | "claimed" | "resolved" | "overridden" | "cancelled" | "recovered";

/** One clock of one item, as it was when the item opened: what the path and the settings say now does not reach it. */
export type Clock = Raise & {
  name: string;
  /** A missed "sla" clock is a breach. A "ladder" step only reaches more people, and is silent once the level is there already. */
  kind: "sla" | "ladder";
  stoppedBy: StoppedBy;
  /** The row of the matrix that says how the addressees are told. */
  activity: Activity;
  /** Whether a breach alerts who must sign it off. */
  alert: boolean;
  startedAt: Date;
  dueAt: Date;
  stoppedAt: Date | null;
  /** When its miss was heard; once. */
  firedAt: Date | null;
};

export type Escalation = {
  id: string;
  version: number;
  path: EscalationPath;
  subject: string;
  runId: string | null;
  severity: Severity | null;
  owner: string | null;
  /** The owner as it is shown, where it holds what cannot be kept exactly; `owner` is null then. */
  ownerShown: string | null;
  reason: string;
  status: Status;
  clocks: readonly Clock[];
  /** The first running SLA clock's; what it was when it closed, once none runs. */
  dueAt: Date;
  dueClock: string;
  /** The first instant at which `passTime` changes something; null when nothing will. */
  nextAt: Date | null;
  claimedById: string | null;
  claimedAt: Date | null;
  claimQuietAt: Date | null;
  closedById: string | null;
  closedAt: Date | null;
  outcome: Outcome | null;
  note: string | null;
  lateCause: string | null;
  level: number;
  escalatedAt: Date | null;
  breachedAt: Date | null;
  finding: string | null;
  adapterChange: boolean;
  /** Who required it. */
  adapterChangeById: string | null;
  signedOffById: string | null;
  signedOffAt: Date | null;
  signOffNote: string | null;
  /** Since when its record is gone from thegent's file, resolved by nobody; null while it is there, and for an item that never had one. */
  lostAt: Date | null;
};

export const isActive = (status: Status): boolean => status === "open" || status === "claimed";

/** At the due instant itself an item is not yet past its SLA (as in thegent: now > escalate_by). */
const isPastSla = (dueAt: Date, now: Date): boolean => now.getTime() > dueAt.getTime();

/** Whether closing it now is late: an SLA clock was missed before, or has run out. */
export const isLate = (item: Pick<Escalation, "breachedAt" | "dueAt">, now: Date): boolean =>
  item.breachedAt !== null || isPastSla(item.dueAt, now);

/** What a colleague has claimed is theirs until it is released. */
export const heldByAnother = (item: Pick<Escalation, "claimedById">, personId: string | null): boolean =>
  item.claimedById !== null && item.claimedById !== personId;
