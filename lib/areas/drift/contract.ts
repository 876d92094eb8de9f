import { z } from "zod";
import type { ActView } from "@/lib/kernel/act/view";
import type { TimelineEntry } from "@/lib/kernel/chain/timeline";
import type { Instant, MayDo, PersonRef } from "@/lib/kernel/contract";
import type { BlockView } from "./contract-views";
import type { Circuit } from "./domain/circuit";
import type { EpisodeStatus } from "./domain/episodes";
import type { Answer, Asking, Decision } from "./domain/review";
import type { Shown } from "./domain/shown";
import { spans, type Span } from "./domain/spans";
import type { BudgetStatus, Figure, ProviderKpis, Stats } from "./domain/drift";
import { partVerdicts, type SweepResult } from "./domain/sweep-result";

export const driftQuerySchema = z.object({ days: z.enum(spans).catch("7") });

const partResult = z.object({
  verdict: z.enum(partVerdicts),
  count: z.int().min(0),
  says: z.array(z.string()),
});
/** What is kept of a sweep is parsed when it is read. */
export const sweepResultSchema = z.object({
  drift: partResult,
  budget: partResult,
  past_sla: partResult,
  audit: partResult,
}) satisfies z.ZodType<SweepResult>;

/** `seen`: the last sweep that the page showed; null: none. */
export const sweepNowSchema = z.object({ seen: z.int().min(1).max(2_147_483_647).nullable() });
export type SweepNowInput = z.input<typeof sweepNowSchema>;

export type SweepRow = {
  id: number;
  /** Who asked; null: the schedule. */
  by: string | null;
  askedAt: Instant;
  begunAt: Instant | null;
  endedAt: Instant | null;
  result: SweepResult | null;
  /** Why it ended without a result. */
  problem: string | null;
};

export type SweepView = {
  /** The newest first. */
  recent: readonly SweepRow[];
  /** The newest that has a result, however long ago. */
  done: SweepRow | null;
  everyMinutes: number;
  /** When the next begins by itself; null while one is open. */
  dueAt: Instant | null;
  /** From when on the result is too old; null: there is none. */
  overdueAt: Instant | null;
  may: MayDo;
  now: Instant;
};

/** What was counted from `at` on, for as long as the view's `grainMs`. A time of which there is no line has no entry. */
export type RatePoint = {
  at: Instant;
  lines: number;
  structural: number;
  semantic: number;
  outputs: number;
  fallbacks: number;
};

/** One provider's outputs under one contract, within the span. */
export type ProviderRow = RatePoint & {
  provider: string;
  contract: string;
  successes: number;
  confidence: number | null;
};

/** One of thegent's circuits; `since`: it has not been closed. */
export type CircuitView = Pick<Circuit, "category" | "target" | "state" | "failures"> & {
  lastFailureAt: Instant;
  since: Instant | null;
};

export type EpisodeView = {
  /** Of its item, too. */
  id: string;
  subject: string;
  status: EpisodeStatus;
  found: readonly string[];
  holder: string | null;
  adapterChange: boolean;
  openedAt: Instant;
  fineSince: Instant | null;
  endedAt: Instant | null;
};

export type DriftView = {
  /** Null: thegent wrote no telemetry yet, or none of it was read. */
  counted: { lines: number; upToLine: number; at: Instant } | null;
  budget: Figure<BudgetStatus>;
  /** How many lines of each kind the budget counts, and of how many. */
  budgetCounts: { total: number; structural: number; semantic: number };
  /** Lines without drift, one after the other, until the critical lane is open; null: it is not blocked, or nothing of the kind would do. */
  goodLines: number | null;
  /** Null: it is not blocked. */
  block: BlockView | null;
  /** thegent's sentences of what got worse. */
  issues: Figure<readonly string[]>;
  stats: Figure<Omit<Stats, "by_provider">>;
  providersNow: readonly (ProviderKpis & { name: string })[];
  span: Span;
  from: Instant;
  grainMs: number;
  points: readonly RatePoint[];
  providers: readonly ProviderRow[];
  /** Lines that tell no time, which are in no chart. */
  undated: number;
  episodes: readonly EpisodeView[];
  /** Those that failed within a day. */
  circuits: readonly CircuitView[];
  now: Instant;
};

/** Acts on an episode. */
export const episodeActNames = [
  "investigate",
  "decide",
  "finish",
  "approve-change",
  "decline-change",
  "approve-waiver",
  "decline-waiver",
] as const;
export type EpisodeActName = (typeof episodeActNames)[number];

/** An act on an episode: which, on what as it was looked at, and what its form asked for. */
export type EpisodeActInput = { act: EpisodeActName; id: string; version: number; [field: string]: unknown };

/** Another episode that this one follows, or that follows it. */
export type OtherEpisode = { id: string; status: EpisodeStatus; openedAt: Instant };

/** Everything about one episode, and what the reader may do with it. */
export type EpisodeDetail = {
  id: string;
  /** Its item's, which is the episode's, too. */
  version: number;
  subject: string;
  contract: string | null;
  provider: string | null;
  status: EpisodeStatus;
  /** What was found as it opened, in thegent's sentences. */
  found: readonly string[];
  openedAt: Instant;
  fineSince: Instant | null;
  endedAt: Instant | null;
  holder: PersonRef | null;
  level: number;
  /** Which of its item's clocks runs out first, and when; null once it is closed. */
  due: { at: Instant; clock: string } | null;
  /** From when on closing it asks for the cause of the lateness. */
  late: Instant;
  /** What caused it: the finding of its item. */
  cause: string | null;
  decision: Decision | null;
  note: string | null;
  evidence: readonly { line: number }[];
  reviewedBy: PersonRef | null;
  reviewedAt: Instant | null;
  acceptDays: number | null;
  /** What waits for the answer of who is accountable. */
  asks: Asking | null;
  answer: Answer | null;
  answeredBy: PersonRef | null;
  answeredAt: Instant | null;
  answerNote: string | null;
  acceptedUntil: Instant | null;
  /** When the end of the waiver was heard. */
  waiverEndedAt: Instant | null;
  /** What a decision is bound to, as it is now, and its hash. */
  shown: Shown;
  shownHash: string;
  /** What the last decision was made on; null: there was none, or it was made on its item's page. */
  decidedOn: Shown | null;
  /** The one that it follows, and what was true as that was decided. */
  previous: (OtherEpisode & { decidedOn: Shown | null }) | null;
  returnedAs: OtherEpisode | null;
  timeline: TimelineEntry[];
  acts: ActView[];
  now: Instant;
};
