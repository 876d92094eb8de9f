/** A cockpit with a given number of open items, which thegent's queue file holds too, and of closed ones. */
import { setTimeout as pause } from "node:timers/promises";
import type { Cockpit } from "@/e2e/support/cockpit";
import { query } from "@/e2e/support/database";
import { denyMany } from "@/e2e/support/queue-file";

const count = async ({ dataDir }: Cockpit): Promise<number> => {
  const [row] = await query<{ count: number }>(dataDir, `SELECT count(*)::int AS count FROM "Escalation" WHERE "status" IN ('open', 'claimed')`);
  return row!.count;
};

export async function fill(cockpit: Cockpit, { open, closed }: { open: number; closed: number }): Promise<void> {
  const lanes = ["standard", "critical", "recovery"];
  denyMany(
    cockpit.sessionDir,
    Array.from({ length: open - (await count(cockpit)) }, (_, index) => ({ lane: lanes[index % 3]!, owner: `team-${index % 40}:shop`, priority: index % 5, minutesLeft: 60 + (index % 600) })),
  );
  while ((await count(cockpit)) < open) await pause(300);
  await query(
    cockpit.dataDir,
    `INSERT INTO "Escalation" ("id", "sourceId", "path", "runId", "status", "priority", "lane", "owner", "agent", "reason", "recordCount", "blockedAt", "dueAt",
       "slaMinutes", "modelVersion", "openedAt", "closedAt", "closedIn", "thegentWord")
     SELECT gen_random_uuid(), s."id", 'policy_denial', 'run_old' || n, 'resolved', n % 5, (ARRAY['standard', 'critical', 'recovery'])[n % 3 + 1], 'team-' || n % 40 || ':shop',
       'claude', 'Critical lane requires confidence >= 0.9 (current: 0.8945)', 1, t, t + interval '30 minutes', 30, 'om-bench', t, t + interval '10 minutes', 'thegent', 'resolved'
     FROM "Source" s, generate_series(1, $1::int) n, LATERAL (SELECT now() - make_interval(mins => n) AS t) at`,
    [closed],
  );
  await query(cockpit.dataDir, "VACUUM ANALYZE");
}
