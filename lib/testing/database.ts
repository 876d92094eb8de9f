/** A database of its own for one test file. */
import { inject } from "vitest";
import { copyTemplate } from "./postgres";

/**
 * The connection string of a new, empty, migrated database. DATABASE_URL is set to it, so whatever reads that on first use
 * (lib/kernel/db/client) works on it; in a process one test file runs after the other.
 */
export async function freshDatabase(): Promise<string> {
  return (process.env.DATABASE_URL = await copyTemplate(inject("postgresUrl")));
}
