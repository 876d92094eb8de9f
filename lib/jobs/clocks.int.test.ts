import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "@/lib/clock";
import { db, inTransaction, pool, useDatabase } from "@/lib/data/client";
import { oldestUnraised } from "@/lib/data/escalation-clocks";
import { scheduleClocks } from "@/lib/data/outbox";
import type { PersonActor } from "@/lib/domain/operating-model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource } from "@/lib/testing/scenarios";
import { watchClocks } from "@/lib/usecases/raise-past-sla";
import { resolveEscalation } from "@/lib/usecases/resolve-escalation";
import { verifyChain } from "@/lib/usecases/verify-chain";
import { startDelivery, type Delivery } from "./delivery";

let olga: PersonActor;
let sourceId: string;
const running: Delivery[] = [];

const soon = (ms: number) => new Date(systemClock().getTime() + ms);
/** An item with its clock set, as ingest makes it. */
async function open(dueAt: Date): Promise<string> {
  const id = await makeEscalation({ sourceId, dueAt, blockedAt: soon(-1_800_000) });
  await inTransaction((tx) => scheduleClocks(tx, sourceId, [{ id, at: new Date(dueAt.getTime() + 1) }]));
  return id;
}
const work = () => running.push(startDelivery({ sourceId, directory: "/nowhere" }));
const level = async (id: string) => (await db().escalation.findUniqueOrThrow({ where: { id } })).level;
const raisings = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subjectId: id, action: "escalation.escalate" } })).map(({ body }) => (JSON.parse(body) as { after: { lateMs: number; to: string[]; level: number } }).after);
const raised = (id: string) => vi.waitFor(async () => expect(await level(id)).toBe(1), { timeout: 15_000, interval: 100 });
const watch = () => watchClocks({ sourceId, now: systemClock, requestId: "r1" });

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 15);
  olga = await makePerson("operator");
});
beforeEach(async () => {
  sourceId = await makeSource();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((delivery) => delivery.stop()));
});
afterAll(async () => expect((await verifyChain()).status).toBe("passed"));

describe("an item's clock", () => {
  it("raises it to the Product Owner once it has run out, once, with two workers at it", async () => {
    work();
    work();
    const id = await open(soon(1500));
    expect(await level(id)).toBe(0);
    await raised(id);
    await watch();
    expect(await raisings(id)).toMatchObject([{ level: 1, to: ["product_owner"], clock: "resolve" }]);
    expect(await db().escalation.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "open", version: 2, escalatedAt: expect.any(Date) });
  });

  it("that ran out while nobody was there is heard once, at once, and says how late", async () => {
    const id = await open(soon(-3_600_000));
    work();
    await raised(id);
    const [only, ...more] = await raisings(id);
    expect(only!.lateMs).toBeGreaterThanOrEqual(3_600_000);
    expect(more).toEqual([]);
  });

  it("of an item that was resolved in time stays silent", async () => {
    const id = await open(soon(1200));
    const marker = await open(soon(1300));
    await resolveEscalation(as(olga, systemClock()), { id, version: 1, outcome: "unblocked", note: "In time.", lateCause: null });
    work();
    await raised(marker);
    expect(await level(id)).toBe(0);
    expect(await raisings(id)).toEqual([]);
  });

  it("is set anew when its item falls due earlier", async () => {
    const id = await open(soon(3_600_000));
    const earlier = soon(-1);
    await db().escalation.update({ where: { id }, data: { dueAt: earlier } });
    await inTransaction((tx) => scheduleClocks(tx, sourceId, [{ id, at: earlier }]));
    work();
    await raised(id);
    await vi.waitFor(async () => expect((await pool().query(`SELECT 1 FROM graphile_worker.jobs WHERE key = $1`, [`clock:${id}`])).rows).toEqual([]), 5000);
  });

  it("survives workers that come and go, and is heard exactly once", async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => open(soon(200 + n * 60))));
    for (let round = 0; round < 6; round++) {
      work();
      await new Promise((resolve) => setTimeout(resolve, 150 + 97 * round));
      await running.pop()!.stop();
    }
    work();
    for (const id of ids) await raised(id);
    for (const id of ids) expect(await raisings(id)).toHaveLength(1);
  });
});

describe("the watch over the clocks", () => {
  it("finds an item whose job was lost, schedules it, and then has nothing to do", async () => {
    const id = await open(soon(3_600_000));
    await pool().query(`SELECT graphile_worker.remove_job($1)`, [`clock:${id}`]);
    expect(await watch()).toBe(1);
    expect(await watch()).toBe(0);
  });
  it("raises a whole backlog in few transactions", async () => {
    const many = 450;
    await pool().query(
      `INSERT INTO "Escalation" ("id", "sourceId", "path", "runId", "priority", "lane", "reason", "recordCount", "blockedAt", "dueAt", "slaMinutes", "modelVersion", "openedAt")
       SELECT gen_random_uuid(), $1, 'policy_denial', 'run_late_' || n, 0, 'standard', 'late', 1, now() - interval '1 hour', now() - n * interval '1 second', 30, 'om', now() FROM generate_series(1, $2::int) n`,
      [sourceId, many],
    );
    const before = (await verifyChain()).events;
    await watch();
    expect(await db().escalation.count({ where: { sourceId, level: 1 } })).toBe(many);
    expect((await verifyChain()).events).toBe(before + many);
    expect(await watch()).toBe(0);
  });
  it("says when the oldest unraised item fell due, or that the clocks are kept", async () => {
    await db().escalation.deleteMany({});
    expect(await oldestUnraised(systemClock())).toBeNull();
    const due = soon(-120_000);
    await makeEscalation({ sourceId, dueAt: due });
    expect(await oldestUnraised(soon(-60_000))).toEqual(due);
    expect(await oldestUnraised(soon(-180_000))).toBeNull();
  });
});
