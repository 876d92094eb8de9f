import type { Limit } from "@/lib/kernel/limits";

/** Events that a reviewer may pick for one decision. */
export const mostEvidence = 50;

/** What people write about an episode: read by the acts, the forms and their sentences. */
export const limits = {
  /** The finding of its item, which it is kept as. */
  cause: { least: 10, most: 4000 },
  note: { least: 3, most: 2000 },
  lateCause: { least: 3, most: 1000 },
  /** Lines as they are typed: of ten digits at most, with a comma and a space between. */
  lines: { least: 1, most: 12 * mostEvidence },
  /** A number of days as it is typed. */
  days: { least: 1, most: 2 },
} as const satisfies Record<string, Limit>;

/** For how long drift may be accepted; the document sets no end, so a month is the longest before it is justified again. */
export const waiverDays = { least: 1, most: 30, usual: [1, 7, 14, 30] } as const;
