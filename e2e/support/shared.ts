/** What all browser tests of a run share: a PostgreSQL whose template has the committed schema and the sample's people, and the command as one file. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inOneFile } from "@/lib/testing/one-file";
import { copyTemplate, startTestPostgres } from "@/lib/testing/postgres";
import type { Account } from "./cockpit";

type Shared = { postgresUrl: string; accounts: Account[]; command: string };

/** Before the browser tests. What it answers ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const [server, command] = await Promise.all([startTestPostgres(), inOneFile("lib/cli/process.ts")]);
  const env = { ...process.env, DATABASE_URL: server.templateUrl };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "lib/testing/sample-people.ts"],
    { env },
  );
  const shared: Shared = { postgresUrl: server.url, accounts: JSON.parse(stdout) as Account[], command: command.file };
  // The workers are processes of their own, and inherit this.
  process.env.TEST_SHARED = JSON.stringify(shared);
  return async () => {
    command.remove();
    await server.stop();
  };
}

const shared = (): Shared => JSON.parse(process.env.TEST_SHARED!) as Shared;

/** `npm run cockpit`, a script that is ready in a quarter of the time. */
export const commandFile = (): string => shared().command;

/** A new database for one cockpit, and who can sign in there. */
export async function copySample(): Promise<{ databaseUrl: string; accounts: Account[] }> {
  const { postgresUrl, accounts } = shared();
  return { databaseUrl: await copyTemplate(postgresUrl), accounts };
}
