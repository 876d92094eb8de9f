import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { makeEscalation, makePeople, makeSource, minutes } from "@/lib/testing/scenarios";
import { passTime } from "./pass-time";

let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl, 5);
  await makePeople();
});

it("a step that falls due while somebody acts on the item is taken as soon as they have, and the others do not wait for it", async () => {
  const sourceId = await makeSource();
  const [held, free] = [await makeEscalation({ sourceId }), await makeEscalation({ sourceId })];
  const other = new pg.Client({ connectionString: databaseUrl });
  await other.connect();
  await other.query("BEGIN");
  await other.query(`UPDATE "Escalation" SET "version" = "version" + 1 WHERE "id" = $1`, [held]);
  const passing = passTime({ sourceId, now: () => minutes(31), requestId: "r" });
  const waits = () =>
    db().$queryRaw<
      unknown[]
    >`SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l."granted" AND a."datname" = current_database()`;
  await expect.poll(async () => (await waits()).length, { timeout: 30_000 }).toBe(1);
  expect((await db().escalation.findUniqueOrThrow({ where: { id: free } })).level).toBe(1);
  await other.query("COMMIT");
  await other.end();
  expect(await passing).toBe(2);
  expect((await db().escalation.findUniqueOrThrow({ where: { id: held } })).level).toBe(1);
});
