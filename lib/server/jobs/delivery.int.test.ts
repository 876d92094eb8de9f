import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { addAgain } from "@/lib/areas/escalation/acts/add-again";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { retryEscalation } from "@/lib/areas/escalation/acts/retry";
import { startIngest, type Ingest } from "@/lib/areas/source/ingest/ingest";
import { db, inTransaction, pool, useDatabase } from "@/lib/kernel/db/client";
import { clockTask, scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { as, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { startDelivery, type Delivery } from "./delivery";

let olga: PersonActor;
let sourceId: string;
let directory: string;
let queue: string;
let ingest: Ingest;
let delivery: Delivery | undefined;

const line = (runId: string, change: Record<string, unknown> = {}): string => {
  const record = {
    run_id: runId,
    reason: "Circuit öpen",
    owner: "ana:shop",
    agent: "codex",
    lane: "critical",
    priority: 2,
    blocked_at_utc: "2026-03-01T10:00:00.500000+00:00",
    escalate_by_utc: "2026-03-01T10:30:00.500000+00:00",
    sla_minutes: 30,
    status: "pending",
    ...change,
  };
  return `${JSON.stringify(record)}\n`;
};
const records = (runId: string) =>
  fs
    .readFileSync(queue, "utf8")
    .split("\n")
    .filter((text) => text.includes(`"${runId}"`))
    .map((text) => JSON.parse(text) as Record<string, unknown>);
const item = async (runId: string) => {
  const { asSubject, ...row } = await db().escalation.findFirstOrThrow({
    where: { runId, sourceId },
    orderBy: { openedAt: "desc" },
    include: { asSubject: { include: { effects: true } } },
  });
  return { ...row, effects: asSubject.effects };
};
const resolve = async (runId: string) => {
  const { id, version } = await item(runId);
  await resolveEscalation(as(olga, minutes(5)), {
    id,
    version,
    outcome: "unblocked",
    note: "Circuit closed again.",
    lateCause: null,
  });
  return id;
};
const applied = (runId: string) =>
  vi.waitFor(async () => expect((await item(runId)).effects).toMatchObject([{ status: "applied" }]), 15_000);

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 15);
  olga = await makePerson("operator");
});
beforeEach(async () => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-delivery-")));
  queue = path.join(directory, "escalation_queue.jsonl");
  sourceId = await makeSource(directory);
  fs.writeFileSync(
    queue,
    line("run_a") + line("run_b") + line("run_a", { reason: "again", priority: 5 }) + "not json\n",
  );
  ingest = startIngest({ directory });
  await ingest.settled();
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await ingest.stop();
  fs.rmSync(directory, { recursive: true, force: true });
});
afterAll(async () => expect((await verifyChain()).status).toBe("passed"));

it("what others added while the file was written, and cannot be put into it, is told of the source until it is there", async () => {
  delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
  const source = () => db().source.findUniqueOrThrow({ where: { id: sourceId } });
  const late = fs.openSync(queue, "a");
  await resolve("run_b");
  await applied("run_b");
  fs.renameSync(queue, `${queue}.aside`);
  fs.writeSync(late, line("run_late"));
  await vi.waitFor(
    async () =>
      expect((await source()).writeProblem).toMatch(
        /^What others added to escalation_queue\.jsonl .* not in it yet: .* does not exist/,
      ),
    15_000,
  );
  fs.renameSync(`${queue}.aside`, queue);
  await vi.waitFor(async () => expect((await source()).writeProblem).toBeNull(), 15_000);
  fs.closeSync(late);
  expect(records("run_late")).toHaveLength(1);
});

it("a decision is carried before all the clocks that ran out while no worker was there", async () => {
  const task = clockTask("escalation", sourceId);
  await pool().query(
    `SELECT graphile_worker.add_job($1, '{}'::json, run_at => '2026-03-01') FROM generate_series(1, 800)`,
    [task],
  );
  await resolve("run_a");
  delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
  await vi.waitFor(async () => expect((await item("run_a")).effects).toMatchObject([{ status: "applied" }]), {
    timeout: 15_000,
    interval: 5,
  });
  const { rows } = await pool().query<{ left: number }>(
    `SELECT count(*)::int AS "left" FROM graphile_worker.jobs WHERE task_identifier = $1`,
    [task],
  );
  expect(rows[0]!.left).toBeGreaterThan(200);
});

describe("a record that vanished from thegent's file", () => {
  const lose = async () => {
    const bytes = line("run_a");
    fs.writeFileSync(queue, line("run_b") + "not json\n");
    await vi.waitFor(
      async () => expect(await item("run_a")).toMatchObject({ status: "open", lostAt: expect.any(Date) as Date }),
      15_000,
    );
    return bytes;
  };

  it("stands there again as it stood, byte for byte, after one press, and its item is lost no more; that is in the chain", async () => {
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    const bytes = await lose();
    const { id, version } = await item("run_a");
    await addAgain(as(olga, minutes(5)), { id, version });
    await vi.waitFor(
      async () =>
        expect(await item("run_a")).toMatchObject({
          status: "open",
          lostAt: null,
          recordCount: 2,
          effects: [{ kind: "thegent.add", status: "applied" }],
        }),
      15_000,
    );
    expect(fs.readFileSync(queue, "utf8")).toBe(
      line("run_b") + "not json\n" + bytes + line("run_a", { reason: "again", priority: 5 }),
    );
    const events = await db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["escalation.add-again", "escalation.take-up"]);
    await expect(addAgain(as(olga, minutes(6)), { id, version: (await item("run_a")).version })).rejects.toMatchObject({
      code: "REJECTED",
      message: expect.stringMatching(/not gone/) as string,
    });
  });

  it("is not added twice by two who press, and may be resolved instead", async () => {
    await lose();
    const { id, version } = await item("run_a");
    await addAgain(as(olga, minutes(5)), { id, version });
    await expect(addAgain(as(olga, minutes(5)), { id, version: version + 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/already/) as string,
    });
    await resolve("run_a");
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    await vi.waitFor(
      async () => expect((await item("run_a")).effects).toMatchObject([{ status: "applied" }, { status: "applied" }]),
      15_000,
    );
    expect(records("run_a")).toMatchObject([{ status: "resolved" }, { status: "resolved" }]);
    await ingest.settled();
    expect(await db().escalation.count({ where: { sourceId, runId: "run_a" } })).toBe(1);
  });
});

describe("a decision", () => {
  it("reaches thegent's file: all of the run's records closed with thegent's word, all else as it was", async () => {
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    const id = await resolve("run_a");
    await applied("run_a");
    expect(records("run_a")).toMatchObject([
      { status: "resolved", resolved_at_utc: "2026-03-01T10:05:00+00:00" },
      { status: "resolved", resolved_at_utc: "2026-03-01T10:05:00+00:00", priority: 5 },
    ]);
    expect(records("run_b")).toMatchObject([{ status: "pending" }]);
    expect(fs.readFileSync(queue, "utf8")).toContain("not json\n");
    const events = await db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["escalation.resolve", "escalation.take-up"]);
    expect(JSON.parse(events[1]!.body)).toMatchObject({
      actor: { kind: "system" },
      after: { effect: "applied", word: "resolved", closedRecords: 2 },
    });
  });

  it("of a run with the empty id reaches thegent's file like any other's", async () => {
    fs.appendFileSync(queue, line(""));
    await ingest.settled();
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    await resolve("");
    await applied("");
    expect(
      fs
        .readFileSync(queue, "utf8")
        .split("\n")
        .filter((text) => text.includes('"run_id": ""'))
        .map((text) => JSON.parse(text) as unknown),
    ).toMatchObject([{ status: "resolved" }]);
    await ingest.settled();
    expect(await item("")).toMatchObject({ status: "resolved", closedIn: "cockpit" });
  });

  it("is not undone or doubled by reading the file afterwards", async () => {
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    await resolve("run_a");
    await applied("run_a");
    await ingest.settled();
    expect(await db().escalation.count({ where: { sourceId, runId: "run_a" } })).toBe(1);
    expect(await item("run_a")).toMatchObject({ status: "resolved", closedIn: "cockpit" });
  });

  it("taken while nobody delivered is carried out when somebody does", async () => {
    await resolve("run_a");
    await resolve("run_b");
    expect(records("run_a")[0]).toMatchObject({ status: "pending" });
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    await applied("run_a");
    await applied("run_b");
  });

  it("is carried out once by two workers, and by the second when the first one ends", async () => {
    const first = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    await resolve("run_a");
    await applied("run_a");
    await first.stop();
    await resolve("run_b");
    await applied("run_b");
    expect((await item("run_b")).effects).toMatchObject([{ attempts: 1 }]);
  });

  it("that cannot be written is tried again, then shown with its reason, and written once it can be", async () => {
    fs.renameSync(queue, `${queue}.aside`);
    fs.mkdirSync(queue);
    const id = await resolve("run_a");
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    for (const attempt of [1, 2, 3]) {
      await vi.waitFor(
        async () => expect((await item("run_a")).effects[0]!.attempts).toBeGreaterThanOrEqual(attempt),
        15_000,
      );
      await inTransaction((tx) => scheduleDelivery(tx, cockpitMay("escalation.take-up"), sourceId));
    }
    await vi.waitFor(
      async () =>
        expect((await item("run_a")).effects).toMatchObject([
          { status: "failed", lastError: expect.stringMatching(/escalation_queue\.jsonl/) },
        ]),
      15_000,
    );
    expect(await item("run_a")).toMatchObject({ status: "resolved" });
    fs.rmdirSync(queue);
    fs.renameSync(`${queue}.aside`, queue);
    // It may be tried again by itself at this moment, and then there is nothing to retry; an attempt that began before there was a file fails once more.
    await vi.waitFor(
      async () => {
        await retryEscalation(as(olga), { id, version: 2 }).catch((error: unknown) =>
          expect(error).toMatchObject({ code: "CONFLICT" }),
        );
        expect((await item("run_a")).effects).toMatchObject([{ status: "applied" }]);
      },
      { timeout: 15_000, interval: 500 },
    );
    expect(records("run_a")[0]).toMatchObject({ status: "resolved" });
  });

  it("that thegent wrote over is written again, and touches no denial that came since", async () => {
    delivery = startDelivery({ sourceId, directory, clock: () => minutes(5) });
    const before = fs.readFileSync(queue, "utf8");
    const id = await resolve("run_a");
    await applied("run_a");
    await ingest.settled();
    fs.writeFileSync(
      queue,
      before + line("run_a", { reason: "denied once more", blocked_at_utc: "2026-03-01T10:20:00+00:00" }),
    );
    await vi.waitFor(
      () => expect(records("run_a").map(({ status }) => status)).toEqual(["resolved", "resolved", "pending"]),
      15_000,
    );
    await vi.waitFor(
      async () =>
        expect(await item("run_a")).toMatchObject({
          status: "open",
          previousId: id,
          reason: "denied once more",
          recordCount: 1,
        }),
      15_000,
    );
    // The file is written first, then the effect is marked.
    await vi.waitFor(
      async () =>
        expect(await db().effect.findFirstOrThrow({ where: { subjectId: id } })).toMatchObject({
          status: "applied",
          result: { closed: [expect.any(String), expect.any(String)] },
        }),
      15_000,
    );
  });
});
