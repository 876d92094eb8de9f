import { z } from "zod";
import type { Outcome, Status } from "@/lib/areas/escalation/domain/escalation";
import type { Stays } from "@/lib/areas/escalation/domain/stays";
import type { OverrideStatus } from "@/lib/areas/override/port";
import type { RunView } from "@/lib/areas/run/port";
import type { ActView } from "@/lib/kernel/act/view";
import type { TimelineEntry } from "@/lib/kernel/chain/timeline";
import type { EffectProgress, Instant, PersonRef } from "@/lib/kernel/contract";
import type { ItemActName } from "@/lib/model/actions";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import type { Letter, Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";
import type { Dialect } from "@/lib/thegent/records/dialect";

/** Whether thegent has taken up what was decided or opened here; null while nothing was. */
export type EffectView = EffectProgress & { kind: "thegent.resolve" | "thegent.add"; closedRecords: number | null };

/** A row of the queue. */
export type EscalationRow = {
  id: string;
  version: number;
  path: EscalationPath;
  /** What it is about: the run, the drift episode, the verification, the incident. */
  subject: string;
  /** The run of thegent's, where it is about one. */
  runId: string | null;
  severity: Severity | null;
  status: Status;
  priority: number;
  lane: string;
  owner: string | null;
  /** The owner as it is shown, where it holds what cannot be kept exactly: nobody's owner here. `owner` is null then. */
  ownerShown: string | null;
  agent: string | null;
  reason: string;
  recordCount: number;
  blockedAt: Instant;
  /** When the first running SLA clock runs out, and its name. */
  dueAt: Instant;
  dueClock: string;
  claimedBy: PersonRef | null;
  claimedAt: Instant | null;
  /** When the claim returns to the queue unless its holder does something. */
  claimQuietAt: Instant | null;
  closedAt: Instant | null;
  /** null when it was closed in thegent itself, or is not closed. */
  closedBy: PersonRef | null;
  closedIn: "cockpit" | "thegent" | null;
  outcome: Outcome | null;
  effect: EffectView["status"] | null;
  /** 0 with those who work on it; more with those its path names. */
  level: number;
  escalatedAt: Instant | null;
  /** When it first missed an SLA clock; it is a breach then. */
  breachedAt: Instant | null;
  /** Who signed the breach off; null while it waits, or when there is none. */
  signedOffBy: PersonRef | null;
  /** Since when its record is gone from thegent's file though nobody resolved it. */
  lostAt: Instant | null;
  /** It is gone from a file that a later thegent writes, which takes away what it resolves. */
  resolvesByRemoving: boolean;
  /** What is done to many and would leave it as it stands, for this reader, and why. */
  stays: Stays;
};

/** What the queue can be ordered by; "-" before a name turns it round. "priority" is thegent's own order: highest first, newest first within one. */
export const sorts = ["due", "priority", "newest", "lane", "subject", "owner", "level", "path"] as const;
export type SortColumn = (typeof sorts)[number];
export type Sort = SortColumn | `-${SortColumn}`;
const sortSchema = z.enum([...sorts, ...sorts.map((name) => `-${name}` as const)]);

/** Columns of the queue that a person may show or hide; "due" and "subject" always stand. */
export const columns = ["path", "priority", "lane", "owner", "agent", "reason", "level", "blocked", "who"] as const;
export type Column = (typeof columns)[number];
export const defaultColumns: readonly Column[] = ["priority", "lane", "owner", "agent", "reason", "blocked", "who"];
const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);

/** PostgreSQL keeps no NUL, so nothing stored can equal a text with one; asking for it would be an error. */
const storable = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);
const whole = z
  .string()
  .regex(/^-?\d{1,10}$/)
  .transform(Number)
  .pipe(z.number().min(-2_147_483_648).max(2_147_483_647));

/** What the address bar of /escalations may say; anything else falls back to its default, never to an error page. */
export const listQuerySchema = z.object({
  /** "breaches": items that missed an SLA clock, open or closed, and wait for the sign-off. */
  state: z.enum(["active", "closed", "breaches"]).catch("active"),
  sort: sortSchema.catch("due"),
  path: z.enum(escalationPaths).optional().catch(undefined),
  sla: z.enum(["past", "within"]).optional().catch(undefined),
  priority: whole.optional().catch(undefined),
  lane: storable(200).optional().catch(undefined),
  owner: storable(500).optional().catch(undefined),
  level: whole.optional().catch(undefined),
  claim: z.enum(["mine", "none", "others"]).optional().catch(undefined),
  /** Keyset position, opaque: the page after it, or before it. */
  after: z.string().max(2000).optional().catch(undefined),
  before: z.string().max(2000).optional().catch(undefined),
  /** Comma-separated; undefined: the default columns. */
  columns: z
    .string()
    .max(200)
    .transform((text) => text.split(",").filter(isColumn))
    .optional()
    .catch(undefined),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

export type FacetValue<T> = { value: T; count: number };

/**
 * How many open items each choice would show: a facet's counts respect every filter but its own. The commonest lanes, owners and
 * priorities only (20, 100, 20).
 */
export type Facets = {
  path: FacetValue<EscalationPath>[];
  sla: FacetValue<"past" | "within">[];
  priority: FacetValue<number>[];
  lane: FacetValue<string>[];
  owner: FacetValue<string>[];
  level: FacetValue<number>[];
  claim: FacetValue<"mine" | "none" | "others">[];
};

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
  /** For `before`; null on the first page. */
  previous: string | null;
  /** Open items only; null where `state` is another. */
  facets: Facets | null;
  /** Items that the filters leave; null where `state` is not "active". */
  total: number | null;
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
  now: Instant;
};

/** One of the run's lines in thegent's queue file. */
export type QueueRecordView = {
  line: number;
  status: string;
  reason: string;
  priority: number | null;
  dialect: Dialect | null;
  blockedAt: string | null;
  escalateBy: string | null;
  slaMinutes: number | null;
  resolvedAt: string | null;
  gone: boolean;
};

/** One clock of an item. */
export type ClockView = {
  name: string;
  kind: "sla" | "ladder";
  startedAt: Instant;
  dueAt: Instant;
  stoppedAt: Instant | null;
  /** When its miss was heard. */
  firedAt: Instant | null;
  /** Whom it reaches when it runs out, and as which level. */
  level: number;
  to: Role[];
};

/** Who a word to a role gets to at this moment. `onDuty`: one person is on duty as it; otherwise everybody who holds it. */
export type ReachView = { role: Role; letter: Letter; onDuty: boolean; people: PersonRef[] };

/** Where the item went when it opened; `backup`: nobody of the owner role (`standsInFor`) was on duty. */
export type RouteView = { role: Role; person: PersonRef | null; backup: boolean; standsInFor: Role | null };

/** Another item that may belong to this one. */
export type RelatedItem = {
  id: string;
  subject: string;
  reason: string;
  status: Status;
  dueAt: Instant;
  closedAt: Instant | null;
  because: ("run" | "owner" | "reason")[];
};

export type EscalationDetail = EscalationRow & {
  slaMinutes: number;
  openedAt: Instant;
  note: string | null;
  lateCause: string | null;
  thegentWord: string | null;
  signedOffAt: Instant | null;
  signOffNote: string | null;
  finding: string | null;
  adapterChange: boolean;
  clocks: ClockView[];
  route: RouteView;
  /** What happens next by itself, while the item is open; null when nothing does. */
  comesNext: {
    at: Instant;
    what: "miss" | "raise" | "return-claim";
    clock: string | null;
    level: number;
    reaches: ReachView[];
  } | null;
  /** Who hears of this item now, by the letter of its path's activity. */
  hears: ReachView[];
  /** One sentence: what is to be done next, and whose it is. */
  nextStep: string;
  related: RelatedItem[];
  modelVersion: string;
  previous: { id: string; subject: string } | null;
  /** The newer item that reopens this one. */
  reopenedAs: { id: string; subject: string } | null;
  /** It was opened for drift that was found: its episode, of the same id, has a page of its own. */
  hasEpisode: boolean;
  effectView: EffectView | null;
  run: RunView | null;
  records: QueueRecordView[];
  timeline: TimelineEntry[];
  /** What the reader may do with it, theirs first; "override": ask for one from this item. */
  acts: ActView[];
  /** Asked for from this item, the newest first. */
  overrides: { id: string; status: OverrideStatus; requestedBy: PersonRef; expiresAt: Instant | null }[];
  now: Instant;
};

/** An act on an item: which, on what as it was looked at, and what its form asked for. */
export type ItemActInput = { act: ItemActName; id: string; version: number; [field: string]: unknown };

/** What came of it: the item as it is afterwards, and the item that it opened, if it did. */
export type ItemActed = { detail: EscalationDetail; opened: string | null };
