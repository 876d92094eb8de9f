import { z } from "zod";
import type { Instant, MayDo } from "@/lib/kernel/contract";
import type { Circuit } from "./domain/circuit";
import type { EpisodeStatus } from "./domain/episodes";
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

/** An episode, as its item says how far it is; accepting drift is not among them yet. */
export type EpisodeView = {
  /** Of its item, too. */
  id: string;
  subject: string;
  status: Exclude<EpisodeStatus, "accepted"> | "cancelled";
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
