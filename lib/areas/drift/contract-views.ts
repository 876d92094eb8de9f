import { z } from "zod";
import type { Instant } from "@/lib/kernel/contract";
import type { Compared } from "./domain/compare";
import type { DriftRates, Figure } from "./domain/drift";
import type { RatedRun } from "./domain/what-if";

/** As in thegent's own lines. */
type DriftKind = keyof DriftRates;

const at = z.iso.datetime({ message: "That is no time." });

/** The lines of a while, page by page; of one kind of drift, or all. */
export const eventsQuerySchema = z.object({
  from: at,
  until: at,
  kind: z.enum(["all", "structural", "semantic"]).catch("all"),
  /** Behind this line, as a page's `next` has it. */
  after: z.string().max(60).optional(),
});
export type EventsQuery = z.infer<typeof eventsQuerySchema>;
export type EventKinds = EventsQuery["kind"];

/** A line of telemetry, as it can be read. What it holds is text. */
export type EventRow = {
  line: number;
  at: Instant | null;
  drift: DriftKind | null;
  isOutput: boolean;
  fallback: boolean;
  success: boolean;
  provider: string;
  contract: string;
  runId: string | null;
  confidence: number | null;
  messages: readonly string[];
};
export type EventsPage = { rows: EventRow[]; next: string | null; now: Instant };

/** The block of the critical lane, while it lasts. */
export type BlockView = {
  /** The line that brought drift over its budget, and when; the later of two kinds that are over it has no say. */
  sinceLine: number | null;
  since: Instant | null;
  denied: {
    /** Of the time since then; of more than `most` no more are counted. */
    count: number;
    most: number;
    newest: readonly { id: string; runId: string; at: Instant; open: boolean }[];
  };
  /** Lines of about a day, and what lines like these would do; null: they alone are over the budget, or there are none. */
  pace: { lines: number; milliseconds: number };
  atPace: { lines: number; good: number; milliseconds: number } | null;
};

/** Runs that the rule about drift judged in the last days, each with the rates it met; newest first. */
export type WhatIfView = {
  days: number;
  runs: readonly (Omit<RatedRun, "at"> & { at: Instant })[];
  /** Older ones of these days are not among them. */
  capped: boolean;
  now: Instant;
};

/** What lines of a while add up to. */
export type Sums = {
  lines: number;
  structural: number;
  semantic: number;
  outputs: number;
  fallbacks: number;
  successes: number;
  confidence: number | null;
};
export type BeforeAfter = { name: string; before: Sums | null; after: Sums | null };

/** A kind of message, in outputs before and since. */
export type MessageRow = {
  kind: string;
  before: number;
  after: number;
  /** Never seen before it began. */
  isNew: boolean;
  firstAt: Instant | null;
  /** The newest line with it, since and before. */
  recentLine: number | null;
  earlierLine: number | null;
};

export type AffectedRun = {
  runId: string;
  lines: number;
  drift: readonly DriftKind[];
  fallback: boolean;
  provider: string;
  lastLine: number;
  lastAt: Instant | null;
  /** What the run registry says; null: nothing. */
  run: { lane: string | null; status: string | null; owner: string | null; agent: string | null } | null;
  /** An item of the queue about it, the newest. */
  itemId: string | null;
};

/** What there is to see of an episode before it is decided. */
export type ReviewView = {
  id: string;
  provider: string | null;
  /** What the two windows are of: whole hours, `from` to `at` and `at` to `until`. */
  from: Instant;
  at: Instant;
  until: Instant;
  /** When it began by the lines' own time; null: they did not say, and it is when it was opened. */
  beganAt: Instant | null;
  whole: BeforeAfter;
  providers: readonly BeforeAfter[];
  contracts: readonly BeforeAfter[];
  /** The last lines against those before them, as thegent counts; its own command has no contracts. */
  counted: Figure<Compared>;
  messages: { rows: readonly MessageRow[]; more: boolean };
  runs: { rows: readonly AffectedRun[]; capped: boolean };
  now: Instant;
};

/** Two lines beside each other, each in lines of text. */
export type ExampleView = {
  recent: ExampleLine | null;
  /** Of the same kind of message; where there is none, the last line of the same provider before it began. */
  earlier: ExampleLine | null;
  now: Instant;
};
export type ExampleLine = { line: number; at: Instant | null; text: string };

export const exampleQuerySchema = z.object({
  recent: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  earlier: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});
