/** `npm run test:soak` tries what is left to chance so often that a rare fault shows; `npm test` runs every such scenario, with few rounds. */
export const isSoak = process.env.TEST_SOAK === "1";

export const rounds = (few: number, many: number): number => (isSoak ? many : few);

/** Patience for a scenario: so much for its few rounds, and for many in proportion. */
export const patience = (ms: number, few: number, many: number): number => (ms * rounds(few, many)) / few;

/**
 * A file of thegent's that takes many batches to read, of a mebibyte each (lib/thegent/files/tail-read.ts): `npm test` fills it with few long
 * lines, the soak with as many short ones as a true one has.
 */
const stretch = isSoak ? 1 : 10;

/** So many usual lines, or the few that are as long together. */
export const linesOf = (usual: number): number => usual / stretch;

/** What makes one of them as long as that. */
export const filler = (usual: number): string => "x".repeat(usual * stretch);
