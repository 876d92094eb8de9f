import { z } from "zod";
import { outcomes, statuses } from "@/lib/domain/escalation/escalation";
import type { Outcome, Status } from "@/lib/domain/escalation/escalation";
import type { TimelineEntry } from "@/lib/domain/escalation/timeline";
import type { EscalationPath } from "@/lib/domain/operating-model/paths";
import type { Letter, Role } from "@/lib/domain/operating-model/roles";
import type { RunView } from "@/lib/domain/run/fold-run";

export type { RunView, TimelineEntry };

/** Instants are ISO 8601 in UTC with milliseconds. */
export type Instant = string;

export type PersonRef = { id: string; name: string };

/** Whether thegent has taken up what was decided here; null while nothing was. */
export type EffectView = { status: "pending" | "applied" | "failed"; attempts: number; lastError: string | null; createdAt: Instant; appliedAt: Instant | null; closedRecords: number | null };

/** A row of the queue. */
export type EscalationRow = {
  id: string;
  version: number;
  path: EscalationPath;
  runId: string;
  status: Status;
  priority: number;
  lane: string;
  owner: string | null;
  agent: string | null;
  reason: string;
  recordCount: number;
  blockedAt: Instant;
  dueAt: Instant;
  claimedBy: PersonRef | null;
  claimedAt: Instant | null;
  closedAt: Instant | null;
  /** null when it was closed in thegent itself, or is not closed. */
  closedBy: PersonRef | null;
  closedIn: "cockpit" | "thegent" | null;
  outcome: Outcome | null;
  effect: EffectView["status"] | null;
  /** 0, or 1 once it passed its SLA and went to the Product Owner. */
  level: number;
  escalatedAt: Instant | null;
  /** Who signed the breach off; null while it waits, or when there is none. */
  signedOffBy: PersonRef | null;
};

export const sorts = ["due", "priority", "newest"] as const;
export type Sort = (typeof sorts)[number];

/** PostgreSQL keeps no NUL, so nothing stored can equal a text with one; asking for it would be an error. */
const storable = (max: number) => z.string().min(1).max(max).regex(/^[^\0]*$/);

/** What the address bar of /escalations may say; anything else falls back to its default, never to an error page. */
export const listQuerySchema = z.object({
  /** "breaches": items that passed their SLA, open or closed, and wait for the sign-off. */
  state: z.enum(["active", "closed", "breaches"]).catch("active"),
  sort: z.enum(sorts).catch("due"),
  sla: z.enum(["past", "within"]).optional().catch(undefined),
  lane: storable(200).optional().catch(undefined),
  owner: storable(500).optional().catch(undefined),
  claim: z.enum(["mine", "none", "others"]).optional().catch(undefined),
  /** Keyset position; opaque. */
  after: z.string().max(600).optional().catch(undefined),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

/** Whether "all clear" may be said, and as of when. */
export type QueueStanding =
  /** The open items equal thegent's own waiting set as last read. */
  | { kind: "reconciled"; asOf: Instant; line: number; waiting: number }
  /** It cannot be said; `because` is a sentence. */
  | { kind: "unknown"; asOf: Instant | null; because: string };

export type EscalationPage = {
  rows: EscalationRow[];
  /** For `after`; null on the last page. */
  next: string | null;
  /** The server's time when this was read: countdowns run from it. */
  now: Instant;
};

/** Figures for the shell and the queue's head; over open items only. */
export type QueueSummary = {
  active: number;
  pastSla: number;
  nextDueAt: Instant | null;
  quarantined: number;
  /** Breaches that wait for the sign-off. */
  breaches: number;
  standing: QueueStanding;
  /** Lanes and owners of open items, for the filters. */
  lanes: { value: string; count: number }[];
  owners: { value: string; count: number }[];
  now: Instant;
};

export type MayDo = { allowed: true; as: Role; letter: Letter } | { allowed: false; because: string; whoCan: Role[] };

/** One of the run's lines in thegent's queue file. */
export type QueueRecordView = { line: number; status: string; reason: string; priority: number | null; blockedAt: string | null; escalateBy: string | null; slaMinutes: number | null; resolvedAt: string | null; gone: boolean };

export type EscalationDetail = EscalationRow & {
  slaMinutes: number;
  openedAt: Instant;
  note: string | null;
  lateCause: string | null;
  thegentWord: string | null;
  signedOffAt: Instant | null;
  signOffNote: string | null;
  /** What happens next by itself, while the item is open; null when nothing does. */
  comesNext: { at: Instant; to: Role[]; level: number } | null;
  modelVersion: string;
  previous: { id: string; runId: string } | null;
  effectView: EffectView | null;
  run: RunView | null;
  records: QueueRecordView[];
  timeline: TimelineEntry[];
  may: Record<"claim" | "release" | "resolve" | "retry" | "signOff", MayDo>;
  now: Instant;
};

/** Text that people write: trimmed, bounded, without control characters but line breaks and tabs. */
const sentence = (name: string, min: number, max: number) =>
  z
    .string(`${name} is missing.`)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .min(min, min > 1 ? `${name} needs at least ${min} characters.` : `${name} is missing.`)
        .max(max, `${name} has more than ${max} characters.`)
        .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/u.test(text), `${name} holds a character that cannot be kept.`),
    );

const target = { id: z.uuid("That is not the id of an escalation."), version: z.coerce.number("The version is missing.").int().min(1).max(2_147_483_647) };

export const claimSchema = z.object(target);
export type ClaimInput = z.input<typeof claimSchema>;

export const resolveSchema = z.object({
  ...target,
  outcome: z.enum(outcomes, "Choose an outcome."),
  note: sentence("The note", 3, 4000),
  /** Asked for when the item is past its SLA. */
  lateCause: z
    .union([z.literal("").transform(() => null), z.null(), sentence("The cause of the lateness", 3, 1000)])
    .optional()
    .transform((text) => text ?? null),
});
export type ResolveInput = z.input<typeof resolveSchema>;

export const signOffSchema = z.object({ ...target, note: sentence("The note", 3, 4000) });
export type SignOffInput = z.input<typeof signOffSchema>;

export const statusSchema = z.enum(statuses);
