/** What a command may use of the outside world. */
export type Io = { out(text: string): void; err(text: string): void; now(): Date };

/** Exit codes: done; a negative answer (broken chain, refused list); the command was used wrongly or could not work. */
export const exitCodes = { ok: 0, negative: 1, usage: 2 } as const;
