/** A cockpit with a given number of open items, which thegent's queue file holds too, and of closed ones. */
import { setTimeout as pause } from "node:timers/promises";
import type { Cockpit } from "@/e2e/support/cockpit";
import { query } from "@/e2e/support/database";
import { denyMany } from "@/e2e/support/queue-file";
import { operatingModel } from "@/lib/model/model";
import { closedItems } from "./fill-queue";

const count = async ({ dataDir }: Cockpit): Promise<number> => {
  const [row] = await query<{ count: number }>(
    dataDir,
    `SELECT count(*)::int AS count FROM "Escalation" WHERE "status" IN ('open', 'claimed')`,
  );
  return row!.count;
};

export async function fill(cockpit: Cockpit, { open, closed }: { open: number; closed: number }): Promise<void> {
  const lanes = ["standard", "critical", "recovery"];
  denyMany(
    cockpit.sessionDir,
    Array.from({ length: open - (await count(cockpit)) }, (_, index) => ({
      lane: lanes[index % 3]!,
      owner: `team-${index % 40}:shop`,
      priority: index % 5,
      minutesLeft: 60 + (index % 600),
    })),
  );
  while ((await count(cockpit)) < open) await pause(300);
  const [of] = await query<{ source: string; person: string }>(
    cockpit.dataDir,
    `SELECT (SELECT "id" FROM "Source") AS source, (SELECT "id" FROM "Person" ORDER BY "id" LIMIT 1) AS person`,
  );
  await query(
    cockpit.dataDir,
    `WITH made AS (SELECT gen_random_uuid() AS id, n, now() - make_interval(mins => n) AS t FROM generate_series(1, $4::int) n) ${closedItems}`,
    [of!.source, of!.person, operatingModel.version, closed],
  );
  await query(cockpit.dataDir, "VACUUM ANALYZE");
}
