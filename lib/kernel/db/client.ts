/**
 * The database: one pool and one Prisma client a process.
 *
 * The session zone is UTC on purpose: the driver adapter sends instants without an offset, so with any other zone they would
 * be stored shifted, and read back shifted back, so that nobody would notice.
 */
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/kernel/env";
import { PrismaClient, type Prisma } from "./generated/client";

export type Tx = Prisma.TransactionClient;

type Connected = { url: string; pool: pg.Pool; prisma: PrismaClient };

// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as {
  cockpitDatabase?: Connected;
  cockpitTransaction?: AsyncLocalStorage<{ open: boolean }>;
};
const within = (holder.cockpitTransaction ??= new AsyncLocalStorage());

/** How long one statement may take: people wait for the web's; the worker records a whole batch at once. */
const statementMs = { web: 15_000, others: 120_000 };
/** A process that stands still in a transaction loses it, with every row that it holds back from others. */
const standstillMs = 20_000;
/** The server's own refusal comes first; after this nothing comes any more. */
const silenceMs = 5000;

/** Points this process at a database. Called once at start; tests call it for each database of theirs. */
export async function useDatabase(url: string, poolSize = 10): Promise<void> {
  if (holder.cockpitDatabase?.url === url) return;
  await closeDatabase();
  holder.cockpitDatabase = connect(url, poolSize, statementMs.others);
}

function connect(url: string, poolSize: number, deadlineMs: number): Connected {
  const pool = openPool(url, poolSize, deadlineMs);
  return { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

/** Connections of which each statement has its deadline, kept by the server, and by us where the server is silent. */
export function openPool(url: string, size: number, deadlineMs: number): pg.Pool {
  const options = `-c timezone=UTC -c statement_timeout=${deadlineMs} -c idle_in_transaction_session_timeout=${standstillMs}`;
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    options,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: deadlineMs + silenceMs,
  });
  // A connection may be cut by a restart of the database, or because it stood still; the pool makes a new one.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
}

export async function closeDatabase(): Promise<void> {
  const open = holder.cockpitDatabase;
  holder.cockpitDatabase = undefined;
  await open?.prisma.$disconnect();
  if (open && !open.pool.ended) await open.pool.end();
}

/** Who holds a connection asks for no second one: as many of them as the pool has connections would wait for each other. */
function connected(): Connected {
  if (within.getStore()?.open)
    throw new Error("A second connection is asked for within a transaction: use its own, or ask before or after it.");
  if (!holder.cockpitDatabase) {
    const { databaseUrl: url, databasePool } = env();
    if (!url) throw new Error("No database: DATABASE_URL is not set in this process.");
    holder.cockpitDatabase = connect(url, databasePool, statementMs.web);
  }
  return holder.cockpitDatabase;
}

export const db = (): PrismaClient => connected().prisma;

/** For what needs a plain connection: COPY, LISTEN, the rate limiter. */
export const pool = (): pg.Pool => connected().pool;

export const databaseUrl = (): string => connected().url;

type Options = { timeoutMs?: number; tries?: number; isolationLevel?: "RepeatableRead" };

/**
 * All or nothing. A write conflict or deadlock is tried again, so `work` must be repeatable. Within it everything goes through `tx`:
 * another transaction, or a statement beside it, throws.
 */
export async function inTransaction<T>(
  work: (tx: Tx) => Promise<T>,
  { timeoutMs = 15_000, tries = 4, isolationLevel }: Options = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().$transaction((tx) => marked(() => work(tx)), {
        timeout: timeoutMs,
        maxWait: 10_000,
        isolationLevel,
      });
    } catch (error) {
      if (attempt >= tries || !isWriteConflict(error)) throw error;
    }
  }
}

/** The mark ends with the work: what was begun in it and goes on after it is free again. */
async function marked<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await within.run(mark, work);
  } finally {
    mark.open = false;
  }
}

/** For what a process does one at a time while its own long transaction stays open: it takes a second connection, and nobody waits for the first. */
export const besideTransaction = <T>(work: () => Promise<T>): Promise<T> => within.exit(work);

/** P2034: Prisma's word for a serialisation failure or deadlock; raw statements give PostgreSQL's own codes. */
function isWriteConflict(error: unknown): boolean {
  const state = sqlState(error)?.code;
  return (error as { code?: string }).code === "P2034" || state === "40001" || state === "40P01";
}

/** What PostgreSQL itself said when it refused a statement; null for any other error. */
export function sqlState(error: unknown): { code: string; message: string } | null {
  const { meta } = error as {
    meta?: { code?: string; driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } };
  };
  const cause = meta?.driverAdapterError?.cause;
  const code = cause?.originalCode ?? meta?.code;
  return code === undefined ? null : { code, message: cause?.originalMessage ?? "" };
}

/** The row was there already. In 7.10 `meta` has no stable shape; the code is. */
export const isUniqueViolation = (error: unknown): boolean => (error as { code?: string }).code === "P2002";
