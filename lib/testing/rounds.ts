/** `npm run test:soak` tries what is left to chance so often that a rare fault shows; `npm test` runs every such scenario, with few rounds. */
export const isSoak = process.env.TEST_SOAK === "1";

export const rounds = (few: number, many: number): number => (isSoak ? many : few);

/** Patience for a scenario: so much for its few rounds, and for many in proportion. */
export const patience = (ms: number, few: number, many: number): number => (ms * rounds(few, many)) / few;
