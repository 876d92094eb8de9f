/** Which PostgreSQL this cockpit uses, made fit for use. */
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import type { Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";

const ownName = "cockpit";

export const embeddedDirectory = (env: Env): string => path.join(env.dataDir, "postgres");

export const startOwnPostgres = (env: Env): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ directory: embeddedDirectory(env) });

export const ownDatabaseUrl = (server: EmbeddedPostgres): string => server.url(ownName);

/** Creates the database if it is missing, and brings it to the committed schema. Refuses with a StartError. */
export async function prepareDatabase(url: string): Promise<void> {
  try {
    await createIfMissing(url);
    await migrate(url);
  } catch (error) {
    throw error instanceof StartError ? error : unreachable(url, error as NodeJS.ErrnoException);
  }
}

/** Runs `work` with a database: DATABASE_URL, the embedded one that runs, or the embedded one started for as long as it takes; `make`: made, if it is not there yet. */
export async function withDatabase<T>(env: Env, work: (url: string) => Promise<T>, make = false): Promise<T> {
  if (env.databaseUrl) return work(env.databaseUrl);
  if (!make && !fs.existsSync(embeddedDirectory(env)))
    throw new StartError(
      `There is no cockpit database in ${env.dataDir} yet.`,
      "Run `npm start` once, or set DATABASE_URL.",
    );
  const server = await startOwnPostgres(env);
  try {
    return await work(ownDatabaseUrl(server));
  } finally {
    if (!server.adopted) await server.stop();
  }
}

const NO_SUCH_DATABASE = "3D000";
const DUPLICATE_DATABASE = "42P04";

export async function createIfMissing(url: string): Promise<void> {
  const missing = await connecting(url, () => Promise.resolve(false)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === NO_SUCH_DATABASE) return true;
    throw error;
  });
  if (!missing) return;
  const maintenance = new URL(url);
  const name = decodeURIComponent(maintenance.pathname.slice(1));
  maintenance.pathname = "/postgres";
  await connecting(maintenance.href, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== DUPLICATE_DATABASE)
        throw new StartError(
          `The database "${name}" does not exist and cannot be made: ${error.message}.`,
          "Create it as a privileged user, or correct DATABASE_URL.",
        );
    },
  );
}

async function connecting<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function unreachable(url: string, error: NodeJS.ErrnoException): StartError {
  const { hostname, port } = new URL(url);
  // A refusal on several addresses comes as one error without a message.
  const why = error.message || (error.code ?? "no answer");
  return new StartError(
    `The database at ${hostname}:${port || 5432} cannot be used: ${why}.`,
    "Check DATABASE_URL and that the server runs, or unset it to use the embedded PostgreSQL.",
  );
}
