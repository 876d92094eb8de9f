/**
 * One embedded PostgreSQL for a whole run of tests: in a directory of its own, on a free port, with the committed schema in a template
 * that every test's database is a copy of. Nothing of it is left afterwards.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { migrate } from "@/lib/server/migrate";

const template = "cockpit_template";

/** Nothing here must survive a power cut, so nothing waits for the disk; hundreds of small databases, each there for seconds, are not swept. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "64MB",
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "8GB",
  checkpoint_timeout: "1h",
};

export type TestPostgres = {
  /** Of the server's maintenance database: what `copyTemplate` is asked with. */
  url: string;
  /** What is written there is in every copy that is made later; whoever writes must have gone by then. */
  templateUrl: string;
  stop(): Promise<void>;
};

export async function startTestPostgres(): Promise<TestPostgres> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-test-"));
  fs.chmodSync(home, 0o711); // the server's unprivileged account must be able to enter
  const remove = () => fs.rmSync(home, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ directory: path.join(home, "postgres"), settings });
    // A run that is broken off never reaches its end.
    const lastResort = () => {
      try {
        process.kill(server.pid, "SIGQUIT");
      } finally {
        remove();
      }
    };
    process.once("exit", lastResort);
    await ask(server.url("postgres"), `CREATE DATABASE ${template}`);
    await migrate(server.url(template));
    return {
      url: server.url("postgres"),
      templateUrl: server.url(template),
      async stop() {
        process.off("exit", lastResort);
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The connection string of a new database, in all the template's. It goes with the server. */
export async function copyTemplate(serverUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await ask(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
