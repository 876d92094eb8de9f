import { randomInt } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { killableWorkers } from "@/lib/testing/killable-worker";
import { randomOf } from "@/lib/testing/random";
import { patience, rounds } from "@/lib/testing/rounds";
import { as, makePerson, makeSource } from "@/lib/testing/scenarios";
import { startAdding } from "@/lib/thegent/files/testing/live-thegent";

const kills = rounds(8, 300);
const eachRound = 4;
const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));
const random = randomOf(seed);
const upTo = (ms: number): number => Math.floor(random() * ms);

let olga: PersonActor;
let sourceId: string;
let directory: string;
let workers: Awaited<ReturnType<typeof killableWorkers>>;
const queue = () => path.join(directory, "escalation_queue.jsonl");
const acknowledged: string[] = [];
let added = 0;

const line = (run: number): string =>
  `{"run_id": "run_${run}", "reason": "Circuit open", "owner": "ana:shop", "agent": null, "lane": "standard", "priority": 0, "blocked_at_utc": "2026-03-01T10:00:00+00:00", "escalate_by_utc": "2026-03-01T10:30:00+00:00", "sla_minutes": 30, "status": "pending"}\n`;

/** As a person does who, told that the item has changed, looks again and decides again. */
async function resolve(runId: string): Promise<void> {
  const item = await vi.waitFor(() => db().escalation.findFirstOrThrow({ where: { runId, status: "open" } }), {
    timeout: 20_000,
    interval: 10,
  });
  const resolution = {
    id: item.id,
    version: item.version,
    outcome: "unblocked" as const,
    note: "Its cause is gone.",
    lateCause: "Nobody was there.",
  };
  const done = await resolveEscalation(as(olga, systemClock()), resolution).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code !== "CONFLICT") throw error;
      return false;
    },
  );
  if (!done) return resolve(runId);
  acknowledged.push(runId);
}

/** PostgreSQL is gone for the workers: whatever they were about is rolled back. */
const cutDatabase = () =>
  pool().query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'killed'`,
  );

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl, 10);
  olga = await makePerson("operator");
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "decided-once-")));
  sourceId = await makeSource(directory);
  fs.writeFileSync(queue(), Array.from({ length: kills * eachRound }, (_, run) => line(run)).join(""));
  workers = await killableWorkers({
    sourceId,
    directory,
    databaseUrl: `${databaseUrl}?application_name=killed`,
    ahead: 2,
    worker: "whole-worker",
  });
});
afterAll(async () => {
  await workers?.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

describe(`a worker that is killed ${kills} times while items are resolved and lines are added, and PostgreSQL with it now and then (TEST_SEED=${seed})`, () => {
  beforeAll(
    async () => {
      const adding = startAdding(queue(), "late_", 20);
      for (let round = 0; round < kills; round += 1) {
        const worker = await workers.start();
        const resolving = Promise.all(
          Array.from({ length: eachRound }, (_, nth) =>
            pause(upTo(80)).then(() => resolve(`run_${round * eachRound + nth}`)),
          ),
        );
        await Promise.race([resolving, pause(20_000)]);
        await pause(upTo(60));
        if (random() < 0.4) await cutDatabase();
        await worker.kill();
      }
      added = (await adding.stop()).length;
      await workers.start();
      const waiting = async () => [
        await db().effect.count({ where: { status: { not: "applied" } } }),
        await db().escalation.count({ where: { runId: { startsWith: "late_" } } }),
      ];
      await vi.waitFor(async () => expect(await waiting()).toEqual([0, added]), { timeout: 60_000, interval: 200 });
      await pause(1000);
    },
    patience(300_000, 8, 300),
  );

  it("loses no decision that was acknowledged, and carries each into thegent's file", () => {
    expect(acknowledged).toHaveLength(kills * eachRound);
    const records = fs
      .readFileSync(queue(), "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { run_id: string; status: string });
    const decided = records.filter(({ run_id }) => run_id.startsWith("run_"));
    expect(decided.filter(({ status }) => status !== "resolved")).toEqual([]);
    expect(decided).toHaveLength(kills * eachRound);
  });

  it("asks for none of them twice", async () => {
    const items = await db()
      .$queryRaw`SELECT "runId", count(*)::int AS "items" FROM "Escalation" GROUP BY "runId" HAVING count(*) > 1`;
    expect(items).toEqual([]);
    expect(await db().escalation.count({ where: { runId: { startsWith: "run_" }, status: { not: "resolved" } } })).toBe(
      0,
    );
  });

  it("loses and doubles no line that thegent added meanwhile", () => {
    const late = [...fs.readFileSync(queue(), "utf8").matchAll(/"run_id": "(late_\d+)"/g)].map(([, run]) => run!);
    expect(late.length).toBe(new Set(late).size);
    expect(late).toHaveLength(added);
  });

  it("leaves a chain that verifies", async () => {
    expect((await verifyChain()).status).toBe("passed");
  });
});
