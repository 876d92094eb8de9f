/** `npm run bench -- clocks`: how late the steps of escalations are taken by a worker while 10,000 items are open. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { openItems, type Opening } from "@/lib/areas/escalation/acts/open-items";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { closeDatabase, db, inTransaction, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { roles } from "@/lib/model/roles";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { migrate } from "@/lib/server/migrate";
import { makePeople, makeSource, putOnDuty } from "@/lib/testing/scenarios";

const open = 10_000;
/** Seconds from the worker's start until the first step is due, over which the steps are spread, and at which many are due at once. */
const leadSeconds = 15;
const spreadSeconds = 60;
const burstAtSecond = 30;
/** How many fall due: those of the first figure at one instant, the others spread evenly. */
const scenarios = [
  { name: "a busy minute: 500 at one instant, 1,200 spread over 60 s (20/s)", burst: 500, spread: 1200 },
  {
    name: "every open item within a minute: 500 at one instant, 9,500 spread over 60 s (158/s)",
    burst: 500,
    spread: 9500,
  },
];

export async function run(): Promise<void> {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-bench-")));
  fs.chmodSync(home, 0o711); // the server's unprivileged account must be able to enter
  const server = await startEmbeddedPostgres({ directory: path.join(home, "postgres") });
  try {
    await migrate(server.url("postgres"));
    await useDatabase(server.url("postgres"));
    const people = await makePeople();
    for (const role of roles) await putOnDuty(people[role], role);
    for (const [n, scenario] of scenarios.entries())
      await measure(path.join(home, `session-${n}`), server.url("postgres"), scenario);
  } finally {
    await closeDatabase();
    await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

async function measure(
  directory: string,
  databaseUrl: string,
  { name, burst, spread }: (typeof scenarios)[number],
): Promise<void> {
  fs.mkdirSync(directory);
  const sourceId = await makeSource(directory);
  const burstAt = await fill(sourceId, burst, spread);
  const before = await db().auditEvent.count();
  const worker = startWorker(databaseUrl, directory);
  const unheard = () =>
    db().escalation.count({
      where: { sourceId, breachedAt: null, dueAt: { lt: new Date(burstAt.getTime() + 3_600_000) } },
    });
  for (let left = burst + spread; left; left = await unheard()) await pause(1000);
  worker.kill("SIGTERM");
  await once(worker, "exit");

  const events = await db().auditEvent.findMany({ where: { seq: { gt: before }, action: "escalation.escalate" } });
  const steps = events
    .map(({ body }) => JSON.parse(body) as AuditEvent)
    .map(({ at, after }) => ({ at: new Date(at), lateMs: (after as { lateMs: number }).lateMs }));
  const ofBurst = steps.filter(({ at, lateMs }) => at.getTime() - lateMs === burstAt.getTime());
  console.log(`${open} open; ${name}: ${steps.length} steps`);
  console.log(`  all    ${figures(steps)}`);
  console.log(`  burst  ${figures(ofBurst)}`);
  await db().escalation.updateMany({ where: { sourceId }, data: { nextAt: null } });
}

function figures(steps: readonly { lateMs: number }[]): string {
  const sorted = steps.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return `late by p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, at most ${sorted.at(-1)} ms`;
}

/** Opens the items through the door that thegent's file uses; those that are not to fall due are due in a day. Answers when the burst is due. */
async function fill(sourceId: string, burst: number, spread: number): Promise<Date> {
  const begin = systemClock().getTime() + (leadSeconds + fillSeconds) * 1000;
  const burstAt = new Date(begin + burstAtSecond * 1000);
  const dueOf = (n: number): Date => {
    if (n < burst) return burstAt;
    return new Date(n < burst + spread ? begin + ((n - burst) * spreadSeconds * 1000) / spread : begin + 86_400_000);
  };
  const opening = (n: number, now: Date): Opening => ({
    path: "policy_denial",
    subject: `run_${n}`,
    severity: null,
    owner: `team-${n % 40}:shop`,
    reason: "Critical lane requires confidence >= 0.9 (current: 0.8945)",
    startedAt: now,
    dueAt: dueOf(n),
    priority: n % 5,
    lane: "standard",
    agent: "claude",
    recordCount: 1,
    slaMinutes: 30,
    previousId: null,
  });
  const grant = grantSystem(operatingModel, "escalation.trigger", "The benchmark");
  for (let at = 0; at < open; at += 1000) {
    const now = systemClock();
    await inTransaction(
      (tx) =>
        openItems(
          tx,
          grant,
          sourceId,
          Array.from({ length: 1000 }, (_, n) => opening(at + n, now)),
          now,
        ),
      { timeoutMs: 60_000 },
    );
  }
  await db().$executeRaw`VACUUM ANALYZE`;
  if (systemClock().getTime() + leadSeconds * 500 > begin)
    throw new Error("Opening the items took so long that the first step is due already.");
  return burstAt;
}
/** What opening the items may take. */
const fillSeconds = 60;

function startWorker(databaseUrl: string, directory: string) {
  return spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", "lib/server/worker-process.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      THGENT_SESSION_DIR: directory,
      COCKPIT_LOG_LEVEL: "error",
    },
    stdio: "inherit",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await run();
