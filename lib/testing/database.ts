/** A database of its own for one test file. */
import { inject } from "vitest";
import { forgetAnswers } from "@/lib/kernel/list/kept-answers";
import { copyTemplate } from "./postgres";

/**
 * The connection string of a new, empty, migrated database. DATABASE_URL is set to it, so whatever reads that on first use
 * (lib/kernel/db/client) works on it; in a process one test file runs after the other.
 */
export async function freshDatabase(): Promise<string> {
  // Files share a process: what was answered from another's database is no answer here.
  forgetAnswers();
  return (process.env.DATABASE_URL = await copyTemplate(inject("postgresUrl")));
}
