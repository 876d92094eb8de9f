import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { oldestOverdue } from "@/lib/kernel/clock/clocks";
import { db, inTransaction, pool, useDatabase } from "@/lib/kernel/db/client";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { as, makeEscalation, makePerson, makeSource } from "@/lib/testing/scenarios";
import { startDelivery, type Delivery } from "./delivery";
import { keepWatch } from "./keep-watch";
import { watchClocks } from "./watch-clocks";

let olga: PersonActor;
let sourceId: string;
const running: Delivery[] = [];

const soon = (ms: number) => new Date(systemClock().getTime() + ms);
/** An item with its clock set, as ingest makes it. */
async function open(dueAt: Date): Promise<string> {
  const id = await makeEscalation({ sourceId, dueAt, blockedAt: soon(-1_800_000) });
  await inTransaction((tx) =>
    scheduleClocks(tx, cockpitMay("escalation.escalate"), sourceId, "escalation", [
      { id, at: new Date(dueAt.getTime() + 1) },
    ]),
  );
  return id;
}
const work = () => running.push(startDelivery({ sourceId, directory: "/nowhere" }));
const level = async (id: string) => (await db().escalation.findUniqueOrThrow({ where: { id } })).level;
const raisings = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subjectId: id, action: "escalation.escalate" } })).map(
    ({ body }) => (JSON.parse(body) as { after: { lateMs: number; to: string[]; level: number } }).after,
  );
const raised = (id: string) =>
  vi.waitFor(async () => expect(await level(id)).toBe(1), { timeout: 15_000, interval: 100 });
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
    expect(await db().escalation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "open",
      version: 2,
      escalatedAt: expect.any(Date),
    });
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
    await resolveEscalation(as(olga, systemClock()), {
      id,
      version: 1,
      outcome: "unblocked",
      note: "In time.",
      lateCause: null,
    });
    work();
    await raised(marker);
    expect(await level(id)).toBe(0);
    expect(await raisings(id)).toEqual([]);
  });

  it("is set anew when its item falls due earlier", async () => {
    const id = await open(soon(3_600_000));
    const earlier = soon(-1);
    const { clocks } = await db().escalation.findUniqueOrThrow({ where: { id } });
    const moved = (clocks as { dueAt: string }[]).map((clock) => ({ ...clock, dueAt: earlier.toISOString() }));
    await db().escalation.update({ where: { id }, data: { dueAt: earlier, nextAt: earlier, clocks: moved } });
    await inTransaction((tx) =>
      scheduleClocks(tx, cockpitMay("escalation.escalate"), sourceId, "escalation", [{ id, at: earlier }]),
    );
    work();
    await raised(id);
    await vi.waitFor(
      async () =>
        expect((await pool().query(`SELECT 1 FROM graphile_worker.jobs WHERE key = $1`, [`clock:${id}`])).rows).toEqual(
          [],
        ),
      5000,
    );
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

describe("a claim that goes quiet", () => {
  it("returns to the queue by itself, and its holder and the others hear of it", async () => {
    const id = await open(soon(3_600_000));
    await claimEscalation(as(olga, soon(-15 * 60_000 + 1500)), { id, version: 1 });
    work();
    await vi.waitFor(
      async () => expect((await db().escalation.findUniqueOrThrow({ where: { id } })).status).toBe("open"),
      { timeout: 15_000, interval: 100 },
    );
    expect(
      await db().notice.findMany({ where: { subjectId: id }, select: { personId: true, step: true, kind: true } }),
    ).toEqual([{ personId: olga.id, step: "returned", kind: "action" }]);
  });
});

describe("the watch over the clocks", () => {
  const incidents = () => db().escalation.findMany({ where: { sourceId, path: "incident" } });
  it("finds an item whose job was lost, schedules it, raises an incident once, and then has nothing to do", async () => {
    const id = await open(soon(3_600_000));
    await keepWatch({ sourceId, now: systemClock, requestId: "r1" });
    expect(await incidents()).toEqual([]);
    await pool().query(`SELECT graphile_worker.remove_job($1)`, [`clock:${id}`]);
    await keepWatch({ sourceId, now: systemClock, requestId: "r1" });
    expect(await incidents()).toMatchObject([
      {
        subject: "clocks of the cockpit",
        severity: "P3",
        status: "open",
        reason: expect.stringContaining("1 next step was not scheduled"),
      },
    ]);
    expect(await watch()).toEqual({ unscheduled: 0, overdueSince: null });
    await pool().query(`SELECT graphile_worker.remove_job($1)`, [`clock:${id}`]);
    await keepWatch({ sourceId, now: systemClock, requestId: "r2" });
    expect(await incidents()).toHaveLength(1);
  });
  it("finds a job that stands too late, too", async () => {
    const id = await open(soon(3_600_000));
    await inTransaction((tx) =>
      scheduleClocks(tx, cockpitMay("escalation.escalate"), sourceId, "escalation", [{ id, at: soon(7_200_000) }]),
    );
    expect((await watch()).unscheduled).toBe(1);
  });
  it("raises a whole backlog in few transactions", async () => {
    const many = 450;
    const ids = await Promise.all(
      Array.from({ length: many }, (_, n) =>
        makeEscalation({ sourceId, dueAt: soon(-n * 1000 - 1), blockedAt: soon(-3_600_000) }),
      ),
    );
    const before = (await verifyChain()).events;
    expect((await watch()).overdueSince).toBeInstanceOf(Date);
    expect(await db().escalation.count({ where: { id: { in: ids }, level: 1, breachedAt: { not: null } } })).toBe(many);
    expect((await verifyChain()).events).toBe(before + many);
    expect(await watch()).toEqual({ unscheduled: 0, overdueSince: null });
  });
  it("says since when the oldest step was due that was not taken, or that the clocks are kept", async () => {
    expect(await oldestOverdue(sourceId, systemClock())).toBeNull();
    const due = soon(-120_000);
    await makeEscalation({ sourceId, dueAt: due });
    expect(await oldestOverdue(sourceId, soon(-60_000))).toEqual(new Date(due.getTime() + 1));
    expect(await oldestOverdue(sourceId, soon(-180_000))).toBeNull();
  });
});
