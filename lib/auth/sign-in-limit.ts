import "server-only";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/data/client";

/**
 * Attempts are counted in the database, so that several instances count together: for the account from one address, for the
 * account from anywhere (a bound on distributed guessing, wide enough that a stranger cannot easily lock a person out), and for
 * the address.
 */
const window = 15 * 60;
const limits = { pair: 8, account: 60, address: 40 };

type Kind = keyof typeof limits;
let limiters: Record<Kind, RateLimiterPostgres> | undefined;

function limiter(kind: Kind): RateLimiterPostgres {
  const make = (points: number, keyPrefix: string) =>
    new RateLimiterPostgres({ storeClient: pool(), tableName: "sign_in_throttle", tableCreated: true, keyPrefix, points, duration: window, clearExpiredByTimeout: false });
  limiters ??= { pair: make(limits.pair, "pair"), account: make(limits.account, "account"), address: make(limits.address, "address") };
  return limiters[kind];
}

/** Counts one attempt. Answers 0 when it may go on, else the seconds to wait. */
export async function countAttempt(account: string, address: string): Promise<number> {
  const keys: [Kind, string][] = [["pair", `${account} ${address}`], ["account", account], ["address", address]];
  const waits = await Promise.all(keys.map(([kind, key]) => consume(kind, key)));
  return Math.max(...waits);
}

/** One attempt of an address at something that is not an account (a one-time link). */
export const countAddress = (address: string): Promise<number> => consume("address", address);

async function consume(kind: Kind, key: string): Promise<number> {
  try {
    await limiter(kind).consume(key.slice(0, 200));
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw refused;
  }
}

/** After a success the person starts afresh. */
export async function forgetAttempts(account: string, address: string): Promise<void> {
  await limiter("pair").delete(`${account} ${address}`.slice(0, 200));
}
