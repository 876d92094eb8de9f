/**
 * How often one may fail to sign in. Glossary
 *   pair      an account from one network: what a person who mistypes runs into
 *   network   whatever account it tries: bounds guessing at many accounts
 *   account   from whatever network: bounds guessing at one account from many places
 *   known     the account signed in from this network before: what others fail at, here or elsewhere, is not held against it
 */
export type Counter = "pair" | "network" | "account";

/** Failures within a window; the next attempt is refused unseen. */
export const limits: Readonly<Record<Counter, number>> = { pair: 8, network: 40, account: 60 };
export const windowSeconds = 15 * 60;

/** Asked, and counted, in this order: what one refuses is counted by none after it, so a stranger adds no more to an account than a pair holds. */
const all: readonly Counter[] = ["pair", "network", "account"];

/** The counters that an attempt is held against. */
export const countersOf = (known: boolean): readonly Counter[] => (known ? ["pair"] : all);

/** Which counter refuses an attempt, after that many failures; null: the password is looked at. */
export const refusedBy = (failures: Readonly<Record<Counter, number>>, known: boolean): Counter | null =>
  countersOf(known).find((counter) => failures[counter] >= limits[counter]) ?? null;
