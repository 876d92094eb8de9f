/** How far back the page looks, in days; the lines' own times count. */
export const spans = ["1", "7", "30"] as const;
export type Span = (typeof spans)[number];
