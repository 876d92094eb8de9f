import type { Limit } from "@/lib/kernel/limits";

/** What a new person gives: read by the contracts, the forms and their sentences. */
export const limits = { name: { least: 1, most: 100 }, password: { least: 12, most: 200 } } as const satisfies Record<
  string,
  Limit
>;

/** As long as an address may be by its own rules. */
export const longestEmail = 254;
