/** A database of its own for one test file, copied from the migrated template. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { templateDatabase } from "./global-setup";

/**
 * The connection string of a new, empty, migrated database. DATABASE_URL is set to it, so whatever reads that on first use
 * (lib/data/client) works on it; a test file gets a process of its own, so no other file is touched. The server is thrown
 * away after the run, and its databases with it.
 */
export async function freshDatabase(): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const maintenanceUrl = inject("postgresUrl");
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  } finally {
    await client.end();
  }
  const url = new URL(maintenanceUrl);
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  return url.href;
}
