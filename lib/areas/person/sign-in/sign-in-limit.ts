import "server-only";
import { createHmac } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { countersOf, limits, refusedBy, windowSeconds, type Counter } from "@/lib/areas/person/domain/limit";
import { pool } from "@/lib/kernel/db/client";
import { env } from "@/lib/kernel/env";

/**
 * The failures of lib/areas/person/domain/limit.ts, counted in the database, so that several instances count together. A full counter is
 * only read: whoever goes on adds no rows. An attempt counts before the password is looked at and is given back when it was right,
 * so that many at once get no further than one after the other.
 */
type Kind = Counter | "link" | "told";
const points: Record<Kind, number> = { ...limits, link: 40, told: 20 };

/** They count in the database that this process uses: where that is another, so are they. */
let limiters: { in: ReturnType<typeof pool>; of: Record<Kind, RateLimiterPostgres> } | undefined;

function limiter(kind: Kind): RateLimiterPostgres {
  const storeClient = pool();
  if (limiters?.in !== storeClient) {
    const make = (keyPrefix: Kind) =>
      // One clears what has expired, for all.
      new RateLimiterPostgres({
        storeClient,
        tableName: "sign_in_throttle",
        tableCreated: true,
        keyPrefix,
        points: points[keyPrefix],
        duration: windowSeconds,
        clearExpiredByTimeout: keyPrefix === "pair",
      });
    const of = {
      pair: make("pair"),
      network: make("network"),
      account: make("account"),
      link: make("link"),
      told: make("told"),
    };
    limiters = { in: storeClient, of };
  }
  return limiters.of[kind];
}

/** What is typed and where from are no business of whoever reads the database; also of one length, however long they are. */
export const keyed = (...parts: string[]): string =>
  createHmac("sha256", env().secret ?? "")
    .update(JSON.stringify(parts))
    .digest("base64url");

type Who = { account: string; network: string; known: boolean };
export type Attempt =
  | { goesOn: false; waitSeconds: number }
  /** `fills`: which counters are full now, should it fail. */
  | { goesOn: true; fills: Counter[]; giveBack(): Promise<void> };

/** Counts an attempt to sign in, unless a counter is full already. */
export async function beginAttempt({ account, network, known }: Who): Promise<Attempt> {
  const keys: Record<Counter, string> = {
    pair: keyed("pair", account, network),
    network: keyed("network", network),
    account: keyed("account", account),
  };
  const [pair, net, acc] = await Promise.all([
    limiter("pair").get(keys.pair),
    limiter("network").get(keys.network),
    limiter("account").get(keys.account),
  ]);
  const found = { pair, network: net, account: acc };
  const full = refusedBy(
    { pair: pair?.consumedPoints ?? 0, network: net?.consumedPoints ?? 0, account: acc?.consumedPoints ?? 0 },
    known,
  );
  if (full) return { goesOn: false, waitSeconds: secondsLeft(found[full]!) };
  const fills: Counter[] = [];
  for (const counter of countersOf(known)) {
    const counted = await consume(counter, keys[counter]);
    if (!counted.ok) return { goesOn: false, waitSeconds: secondsLeft(counted) };
    if (counted.left === 0) fills.push(counter);
  }
  const giveBack = async () => {
    // Who has the right password starts afresh; what others failed at beside them stays.
    await limiter("pair").delete(keys.pair);
    for (const counter of countersOf(known)) if (counter !== "pair") await limiter(counter).reward(keys[counter]);
  };
  return { goesOn: true, fills, giveBack };
}

/** The same for a one-time link, which is no account's. */
export async function beginLink(network: string): Promise<Attempt> {
  const key = keyed("link", network);
  const counted = await consume("link", key);
  if (!counted.ok) return { goesOn: false, waitSeconds: secondsLeft(counted) };
  return { goesOn: true, fills: [], giveBack: async () => void (await limiter("link").reward(key)) };
}

/** Strangers must not be able to fill the chain: of what `about` failed at, so much is told in a window; "last": the rest is not. */
export async function mayTell(...about: string[]): Promise<"yes" | "last" | "no"> {
  const counted = await consume("told", keyed("told", ...about));
  return !counted.ok ? "no" : counted.left === 0 ? "last" : "yes";
}

type Counted = { ok: boolean; left: number; msBeforeNext: number };

async function consume(kind: Kind, key: string): Promise<Counted> {
  try {
    const { remainingPoints: left, msBeforeNext } = await limiter(kind).consume(key);
    return { ok: true, left, msBeforeNext };
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { ok: false, left: 0, msBeforeNext: refused.msBeforeNext };
    throw refused;
  }
}

const secondsLeft = ({ msBeforeNext }: { msBeforeNext: number }): number => Math.max(1, Math.ceil(msBeforeNext / 1000));
