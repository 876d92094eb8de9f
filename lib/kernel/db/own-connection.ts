import "server-only";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { databaseUrl } from "./client";

/** A connection beside the pool, for what lives as long as it: a lease, a LISTEN. */
export type OwnConnection = {
  client: pg.Client;
  /** Waits no longer than a moment for a server that stays silent. */
  close(): Promise<void>;
};

type Asking = {
  name: string;
  /** Asked again and again: a connection that is dead without a word is found by its silence alone. */
  ask(client: pg.Client): Promise<unknown>;
  everyMs: number;
  answerWithinMs: number;
  /** The connection is gone, or a question went unanswered; told once, unless it was closed here. */
  lost(): void;
};

const goodbyeMs = 1000;

/** Connects, lets `begin` say what must come first, and asks from then on. Throws when the database does not answer in time. */
export async function openOwnConnection(
  { name, ask, everyMs, answerWithinMs, lost }: Asking,
  begin: (client: pg.Client) => Promise<unknown>,
): Promise<OwnConnection> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: `cockpit ${name}`,
    keepAlive: true,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  });
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const close = () => {
    isOver = true;
    clearTimeout(timer);
    return hangUp(client);
  };
  const lose = () => {
    if (isOver) return;
    void close();
    lost();
  };
  const askLater = () => {
    timer = setTimeout(() => void ask(client).then(askLater, lose), everyMs);
    if (isOver) clearTimeout(timer);
  };
  client.on("error", lose).on("end", lose);
  try {
    await client.connect();
    await begin(client);
  } catch (error) {
    void close();
    throw error;
  }
  askLater();
  return { client, close };
}

/** Says goodbye, and hangs up when nothing comes back: the driver itself would wait for ever. */
async function hangUp(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const said = client.end().catch(() => undefined);
  await Promise.race([said, sleep(goodbyeMs, undefined, { ref: false })]);
  stream.destroy();
}
