import { z } from "zod";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import type { FindingKind } from "@/lib/areas/override/domain/findings";
import { hasSubstance, type OverrideStatus } from "@/lib/areas/override/domain/override";
import type { ActView } from "@/lib/kernel/act/view";
import type { TimelineEntry } from "@/lib/kernel/chain/timeline";
import { colleague, type EffectProgress, type Instant, type MayDo, type PersonRef } from "@/lib/kernel/contract";
import { exactName, oneLine, sentence } from "@/lib/kernel/words/text-fields";
import { leastSeconds, mostSeconds } from "@/lib/model/limits";
import type { Role } from "@/lib/model/roles";
import { limits } from "./limits";

/** A row of the overrides' lists. */
export type OverrideRow = {
  id: string;
  version: number;
  owner: string;
  status: OverrideStatus;
  justification: string;
  ticket: string | null;
  escalation: { id: string; subject: string } | null;
  requestedBy: PersonRef;
  requestedAt: Instant;
  requestedSeconds: number;
  decideBy: Instant;
  consultUntil: Instant;
  /** Whether the consulted role has advised, and how. */
  advice: "for" | "against" | null;
  decidedBy: PersonRef | null;
  /** In whose place. */
  decidedFor: PersonRef | null;
  decidedAt: Instant | null;
  approvedSeconds: number | null;
  expiresAt: Instant | null;
  endedAt: Instant | null;
};

const overrideTabs = ["awaiting", "active", "history", "findings"] as const;

/** What the address bar of /overrides may say; anything else falls back to its default. */
export const overrideQuerySchema = z.object({
  tab: z.enum(overrideTabs).catch("awaiting"),
  /** Of the history: words in owner, justification or ticket. */
  q: z
    .string()
    .trim()
    .min(limits.words.least)
    .max(limits.words.most)
    .regex(/^[^\0]*$/)
    .optional()
    .catch(undefined),
  status: z.enum(["denied", "withdrawn", "expired", "revoked"]).optional().catch(undefined),
  owner: z
    .string()
    .min(limits.owned.least)
    .max(limits.owned.most)
    .regex(/^[^\0]*$/)
    .optional()
    .catch(undefined),
  /** Of the history: requested on or after, and before, these UTC days. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});
export type OverrideQuery = z.infer<typeof overrideQuerySchema>;

export type OverridePage = { rows: OverrideRow[]; next: string | null; now: Instant };
export type OverrideCounts = {
  awaiting: number;
  overdue: number;
  active: number;
  nextEnd: Instant | null;
  findings: number;
};

/** Something of thegent's that no decision here stands behind. */
export type FindingView = {
  id: string;
  kind: FindingKind;
  owner: string;
  reason: string;
  /** The run, where it is one. */
  runId: string | null;
  /** The override of the cockpit's own, where it is one. */
  overrideId: string | null;
  at: Instant;
  expiresAt: Instant | null;
  seenBy: PersonRef | null;
  seenAt: Instant | null;
  seenNote: string | null;
};
export type FindingPage = {
  rows: FindingView[];
  next: string | null;
  accountable: PersonRef[];
  may: MayDo;
  now: Instant;
};

/** Acts on an override that stands. */
export const overrideActNames = ["approve", "deny", "advise", "withdraw", "revoke"] as const;
export type OverrideActName = (typeof overrideActNames)[number];

export type OverrideDetail = OverrideRow & {
  advisedBy: PersonRef | null;
  advisedAt: Instant | null;
  adviceText: string | null;
  decisionNote: string | null;
  withoutConsultation: string | null;
  endedBy: PersonRef | null;
  endReason: string | null;
  overdueAt: Instant | null;
  warnedAt: Instant | null;
  /** What is decided on now (while requested), or what was decided on. */
  content: Content;
  contentHash: string;
  /** "every run of `owner`, on any rule, lane or agent, will pass policy until …", for the validity that is asked for from now. */
  passesUntil: Instant;
  /** The longest validity that may be approved. */
  mostSeconds: number;
  consultationOpen: boolean;
  previous: { id: string; status: OverrideStatus } | null;
  renewals: { id: string; status: OverrideStatus }[];
  /** How the decision fares in thegent: written, and ended early. */
  effects: (EffectProgress & { says: "write" | "end" })[];
  /** Whether thegent would honour the owner now, as its file was last read. */
  honoured: boolean;
  /** The decision's event in the chain: its place and hash. */
  receipt: { seq: string; hash: string; role: Role | null; letter: string | null } | null;
  timeline: TimelineEntry[];
  /** What the reader may do with it; "renew": ask for it again. */
  acts: ActView[];
  now: Instant;
};

/** An act on an override: which, on what as it was looked at, and what its form asked for. */
export type OverrideActInput = { act: OverrideActName; id: string; version: number; [field: string]: unknown };

/** How long an override holds, in seconds. */
export const validity = z.coerce
  .number("The validity is missing.")
  .int("The validity must be a whole number of seconds.")
  .min(leastSeconds, "The validity is at least a minute.")
  .max(mostSeconds, "The validity is at most seven days.");
const justification = sentence("The justification", limits.justification).refine(
  hasSubstance,
  "The justification says nothing: give the reason in words.",
);
const ticket = oneLine("The ticket", limits.ticket)
  .nullish()
  .transform((text) => text ?? null);

/** From an escalation, for an owner directly, or to renew an old one. */
export const requestOverrideSchema = z
  .object({
    escalationId: z
      .uuid("That is not the id of an escalation.")
      .nullish()
      .transform((id) => id ?? null),
    owner: exactName("The owner", limits.owner)
      .nullish()
      .transform((text) => text ?? null),
    previousId: z
      .uuid("That is not the id of an override.")
      .nullish()
      .transform((id) => id ?? null),
    justification,
    ticket,
    seconds: validity,
  })
  .refine(({ escalationId, owner, previousId }) => escalationId !== null || owner !== null || previousId !== null, {
    path: ["owner"],
    message: "Say for which owner.",
  });
export type RequestOverrideInput = z.input<typeof requestOverrideSchema>;

export const delegateSchema = z.object({
  toId: colleague,
  from: z.iso.datetime("Say from when."),
  until: z.iso.datetime("Say until when."),
});
export type DelegateInput = z.input<typeof delegateSchema>;
export const endDelegationSchema = z.object({ id: z.uuid("That is not the id of a delegation.") });

export type DelegationView = {
  id: string;
  from: PersonRef;
  to: PersonRef;
  since: Instant;
  until: Instant;
  mine: boolean;
};
export type DelegationsView = {
  delegations: DelegationView[];
  /** People of the backup role, to whom the reader may delegate. */ candidates: PersonRef[];
  may: MayDo;
};

export const settleFindingSchema = z.object({
  id: z.uuid("That is not the id of a finding."),
  note: sentence("The note", limits.seen),
});
export type SettleFindingInput = z.input<typeof settleFindingSchema>;

/** A number with how many cases it is of; null where there is none. */
type Sampled = { value: number | null; of: number };
/** Figures over the requests of a span; by owner and by approver in the order of their names, never of their figures. */
export type OverrideFigures = {
  requests: number;
  /** How many owners there are; `byOwner` lists those with the most requests. */
  owners: number;
  approved: Sampled;
  secondsToDecide: Sampled;
  withoutConsultation: Sampled;
  byOwner: { owner: string; requests: number; approved: number }[];
  byApprover: { person: PersonRef; decided: number; approved: number; secondsToDecide: number | null }[];
};
