/**
 * One embedded PostgreSQL for a whole run of the integration tests: in a directory of its own, on a free port, with the
 * committed schema in a template database that lib/testing/database.ts copies. Nothing of it is left afterwards.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import pg from "pg";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { migrate } from "@/lib/server/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the server's maintenance database. */
    postgresUrl: string;
  }
}

export const templateDatabase = "cockpit_template";

/** Nothing here must survive a power cut, so nothing waits for the disk. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "64MB" };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-test-"));
  fs.chmodSync(home, 0o711); // the server's unprivileged account must be able to enter
  const remove = () => fs.rmSync(home, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ directory: path.join(home, "postgres"), settings });
    // A run that is broken off never reaches the teardown.
    const lastResort = () => {
      try {
        process.kill(server.pid, "SIGQUIT");
      } finally {
        remove();
      }
    };
    process.once("exit", lastResort);
    await makeTemplate(server.url("postgres"), server.url(templateDatabase));
    project.provide("postgresUrl", server.url("postgres"));
    return async () => {
      process.off("exit", lastResort);
      await server.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function makeTemplate(maintenanceUrl: string, templateUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateDatabase}`);
    await migrate(templateUrl);
  } finally {
    await client.end();
  }
}
