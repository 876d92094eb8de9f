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
    await pause(1_200); // longer than a page's figures are kept
    const from = fs.statSync(log).size;
    await work();
    await pause(300);
    // An entry begins with its time; what follows in further lines belongs to it.
    const entries = fs
      .readFileSync(log)
      .subarray(from)
      .toString("utf8")
      .split(/^(?=\d{4}-\d\d-\d\d )/m);
    return entries.flatMap(
      (entry) => /LOG: {2}(?:statement|execute [^:]*): ([^]*)/.exec(entry)?.[1]?.replace(/\s+/g, " ").trim() ?? [],
    );
  } finally {
    process.kill(worker.pid, "SIGCONT");
    await setting("none");
  }
}
