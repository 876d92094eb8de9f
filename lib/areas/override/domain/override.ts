/**
 * Glossary of the override domain
 *   override       leave for every run of one owner to pass policy, for a time; asked for with reasons, decided by who is accountable
 *   request        what an Operator asks: for whom, why, how long
 *   consultation   Security is asked for advice with the request; its window is open until they advised or it has passed
 *   decision       approved, for a time, or denied, with a reason; by who is accountable, or their delegate
 *   deadline       by when a request is to be decided; apart from how long an override lasts, which begins at its approval
 *   content        what an approval is bound to: the request and its blast radius, by their hash
 *   blast radius   what an approval lets pass: lib/areas/override/domain/blast-radius.ts
 *   active         thegent's file holds it, so thegent honours it; approved, but not there yet, it is only decided
 *   end            expired by itself, or revoked; thegent honours it no more
 *   renewal        a new request that names the old override
 *   outside        an override that was made in thegent itself, which nobody here decided
 */
import { limits } from "@/lib/areas/override/limits";
import { readableOf } from "@/lib/kernel/words/text";

export const overrideStatuses = [
  "requested",
  "approved",
  "active",
  "denied",
  "withdrawn",
  "expired",
  "revoked",
] as const;
export type OverrideStatus = (typeof overrideStatuses)[number];

/** Nothing happens to these any more. */
export const finalStatuses = ["denied", "withdrawn", "expired", "revoked"] as const satisfies readonly OverrideStatus[];
export const isFinal = (status: OverrideStatus): boolean =>
  (finalStatuses as readonly OverrideStatus[]).includes(status);

/** Decided in favour and not ended: thegent honours it, or will as soon as it was written. */
export const isInForce = (status: OverrideStatus): boolean => status === "approved" || status === "active";

/** Each status in words, as the end of a sentence. */
export const statusWords: Record<OverrideStatus, string> = {
  requested: "waiting for a decision",
  approved: "approved",
  active: "approved and in force",
  denied: "denied",
  withdrawn: "withdrawn",
  expired: "expired",
  revoked: "revoked",
};

export type Override = {
  id: string;
  version: number;
  /** thegent's owner tag: every run of it passes. */
  owner: string;
  /** The escalation it was asked from; an approval resolves it as overridden. */
  escalationId: string | null;
  justification: string;
  ticket: string | null;
  status: OverrideStatus;
  requestedById: string;
  requestedAt: Date;
  requestedSeconds: number;
  decideBy: Date;
  consultUntil: Date;
  /** How long before its end it is warned of, by the setting it was asked under. */
  warnMinutes: number;
  advisedById: string | null;
  advisedAt: Date | null;
  advice: string | null;
  adviceInFavour: boolean | null;
  decidedById: string | null;
  /** In whose place a delegate decided. */
  decidedForId: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  /** Why it was decided before the consulted role had advised and before its window had passed. */
  withoutConsultation: string | null;
  approvedSeconds: number | null;
  expiresAt: Date | null;
  /** Of the content that was decided on. */
  contentHash: string | null;
  endedById: string | null;
  endedAt: Date | null;
  endReason: string | null;
  /** When its deadline, its coming end were told; once each. */
  overdueAt: Date | null;
  warnedAt: Date | null;
  /** The override this one renews. */
  previousId: string | null;
  /** The first instant at which time changes something; null when nothing will. */
  nextAt: Date | null;
};

/** As many characters at least as a justification needs that can be read, and not one character over and over. */
export function hasSubstance(text: string): boolean {
  const readable = readableOf(text);
  return [...readable].length >= limits.justification.least && new Set(readable.replaceAll(" ", "")).size > 1;
}
