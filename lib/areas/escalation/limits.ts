import type { Limit } from "@/lib/kernel/limits";

/** What people write and choose about an item: read by the contracts, the forms and their sentences. */
export const limits = {
  note: { least: 3, most: 4000 },
  lateCause: { least: 3, most: 1000 },
  finding: { least: 10, most: 4000 },
  comment: { least: 1, most: 4000 },
  advice: { least: 3, most: 4000 },
  reopening: { least: 3, most: 500 },
  /** Of an item opened by hand. */
  run: { least: 1, most: 200 },
  subject: { least: 3, most: 200 },
  reason: { least: 3, most: 500 },
  owner: { least: 1, most: 200 },
  lane: { least: 1, most: 60 },
  viewName: { least: 1, most: 60 },
} as const satisfies Record<string, Limit>;

/** The most items that one act may be done to. */
export const mostAtOnce = 200;
