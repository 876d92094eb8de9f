import type { Limit } from "@/lib/kernel/limits";

/** What people write about an override: read by the contracts, the forms and their sentences. */
export const limits = {
  owner: { least: 1, most: 200 },
  justification: { least: 20, most: 2000 },
  ticket: { least: 1, most: 200 },
  advice: { least: 3, most: 2000 },
  decision: { least: 3, most: 2000 },
  withoutConsultation: { least: 10, most: 1000 },
  revocation: { least: 3, most: 2000 },
  /** What was found, looked at. */
  seen: { least: 3, most: 2000 },
  /** What the history is filtered by: words, an owner exactly. */
  words: { least: 1, most: 200 },
  owned: { least: 1, most: 500 },
} as const satisfies Record<string, Limit>;
