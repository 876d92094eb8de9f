import type { Letter, Role } from "@/lib/model/roles";
import type { WriteAction } from "@/lib/model/actions";
import type { Plain } from "./audit-event";
import type { After, Before, Told } from "./payloads";

export type TimelineKind =
  | "blocked"
  | "opened"
  | "claimed"
  | "assigned"
  | "released"
  | "returned"
  | "reported"
  | "commented"
  | "advised"
  | "missed"
  | "escalated"
  | "resolved"
  | "cancelled"
  | "closed-in-thegent"
  | "taken-up"
  | "retried"
  | "signed-off"
  | "reopened"
  | "refused"
  | "other"
  | "approved"
  | "denied"
  | "withdrawn"
  | "revoked"
  | "warned"
  | "expired";

/** One thing that happened to an item. */
export type TimelineEntry = {
  /** ISO 8601, UTC. */
  at: string;
  /** Chain position of the audit event; null for what thegent's files say. */
  seq: string | null;
  kind: TimelineKind;
  /** A plain sentence without the actor's name. */
  says: string;
  /** What the person wrote, in their own words. */
  text: string | null;
  actor: string | null;
  role: Role | null;
  letter: Letter | null;
};

/** What an event of the chain holds, by name. */
export type EventFacts = Readonly<Record<string, Plain>>;

/** An event's sentence, from what it tells of the thing afterwards and before: by the names that the act writes, where it is known which. */
export type ActWords<A extends WriteAction | null = null> = (
  after: A extends WriteAction ? Told<After<A>> : EventFacts,
  before: A extends WriteAction ? Told<Before<A>> : EventFacts,
) => { kind: TimelineKind; says: string; text?: string | null };

export const textOf = (value: Plain | undefined): string => (typeof value === "string" ? value : "");
