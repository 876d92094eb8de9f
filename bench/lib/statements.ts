/** How many SQL statements something costs, counted in PostgreSQL's own log; BEGIN and COMMIT count too. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Cockpit } from "@/e2e/support/cockpit";
import { query } from "@/e2e/support/database";
import { childrenOf } from "@/e2e/support/processes";

/** The statements of `work`, without those of the worker, which stands still meanwhile. */
export async function statementsOf({ dataDir, supervisor }: Cockpit, work: () => Promise<unknown>): Promise<string[]> {
  const log = path.join(dataDir, "postgres/log");
  const worker = childrenOf(supervisor.pid!).find(({ command }) => command.includes("worker-process"))!;
  const setting = async (value: string) => {
    await query(dataDir, `ALTER SYSTEM SET log_statement = '${value}'`);
    await query(dataDir, "SELECT pg_reload_conf()");
    await pause(300);
  };
  await setting("all");
  process.kill(worker.pid, "SIGSTOP");
  try {
    await pause(300);
    const from = fs.statSync(log).size;
    await work();
    await pause(300);
    const said = fs.readFileSync(log).subarray(from).toString("utf8");
    return [...said.matchAll(/LOG: {2}(?:statement|execute [^:]*): ([^\n]*)/g)].map(([, sql]) => sql!);
  } finally {
    process.kill(worker.pid, "SIGCONT");
    await setting("none");
  }
}
