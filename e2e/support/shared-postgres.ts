/** The PostgreSQL that all cockpits of a run share. Its template has the committed schema and the sample's people. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { copyTemplate, startTestPostgres } from "@/lib/testing/postgres";
import type { Account } from "./cockpit";

/** Before the browser tests. What it answers ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  const env = { ...process.env, DATABASE_URL: server.templateUrl };
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=react-server", "--import", "tsx", "lib/testing/sample-people.ts"], { env });
  // The workers are processes of their own, and inherit this.
  process.env.TEST_POSTGRES = JSON.stringify({ url: server.url, accounts: JSON.parse(stdout) as Account[] });
  return () => server.stop();
}

/** A new database for one cockpit, and who can sign in there. */
export async function copySample(): Promise<{ databaseUrl: string; accounts: Account[] }> {
  const { url, accounts } = JSON.parse(process.env.TEST_POSTGRES!) as { url: string; accounts: Account[] };
  return { databaseUrl: await copyTemplate(url), accounts };
}
