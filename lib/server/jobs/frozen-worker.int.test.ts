import { randomInt } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { killableWorkers } from "@/lib/testing/killable-worker";
import { randomOf } from "@/lib/testing/random";
import { patience, rounds } from "@/lib/testing/rounds";
import { as, makeEscalation, makePerson, makeSource } from "@/lib/testing/scenarios";

const freezes = rounds(1, 10);
const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));
const random = randomOf(seed);

let sourceId: string;
let directory: string;
let olga: PersonActor;
let workers: Awaited<ReturnType<typeof killableWorkers>>;
const queue = () => path.join(directory, "escalation_queue.jsonl");
const line = (runId: string) =>
  `${JSON.stringify({ run_id: runId, reason: "Circuit open", lane: "standard", priority: 0, blocked_at_utc: "2026-03-01T10:00:00+00:00", escalate_by_utc: "2026-03-01T10:30:00+00:00", sla_minutes: 30, status: "pending" })}\n`;
const records = () =>
  fs
    .readFileSync(queue(), "utf8")
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text) as { run_id: string; status: string });

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl);
  olga = await makePerson("operator");
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "frozen-")));
  sourceId = await makeSource(directory);
  fs.writeFileSync(queue(), "");
  workers = await killableWorkers({ sourceId, directory, databaseUrl, ahead: 1 });
});
afterAll(async () => {
  await workers?.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

/** A denial that thegent adds, and that is decided here at once. */
async function decideOne(runId: string): Promise<void> {
  fs.appendFileSync(queue(), line(runId));
  const id = await makeEscalation({
    sourceId,
    subject: runId,
    blockedAt: systemClock(),
    dueAt: new Date(systemClock().getTime() + 3_600_000),
  });
  const { version } = await db().escalation.findUniqueOrThrow({ where: { id } });
  await resolveInTime({ id, version, outcome: "unblocked", note: "Its cause is gone.", lateCause: null });
}

/** As a person does who is told that it took too long: whoever froze may hold the end of the chain until PostgreSQL takes it away. */
async function resolveInTime(resolution: Parameters<typeof resolveEscalation>[1]): Promise<void> {
  await resolveEscalation(as(olga, systemClock()), resolution).catch((error: { code?: string }) => {
    if (error.code !== "P2028") throw error;
    return resolveInTime(resolution);
  });
}
const unwritten = () => db().effect.count({ where: { status: { not: "applied" } } });

it(
  `decisions go on being carried into thegent's file when a worker freezes at work, and thawed it writes nothing twice and takes nothing back (TEST_SEED=${seed})`,
  async () => {
    let decided = 0;
    let writing = await workers.start();
    for (let round = 0; round < freezes; round++) {
      const next = await workers.start();
      const deciding = (async () => {
        for (const until = decided + 12; decided < until; decided++) await decideOne(`run_${decided}`);
      })();
      await pause(random() * 400);
      writing.freeze();
      await deciding;
      await vi.waitFor(async () => expect(await unwritten()).toBe(0), { timeout: 60_000, interval: 200 });
      writing.thaw();
      // What it had begun to write when it froze would be written within this time.
      await pause(1500);
      for (const until = decided + 3; decided < until; decided++) await decideOne(`run_${decided}`);
      await vi.waitFor(async () => expect(await unwritten()).toBe(0), { timeout: 30_000, interval: 200 });
      await writing.kill();
      writing = next;
    }
    expect(records().map(({ run_id, status }) => `${run_id} ${status}`)).toEqual(
      Array.from({ length: decided }, (_, n) => `run_${n} resolved`),
    );
    expect(await db().auditEvent.count({ where: { action: "escalation.take-up" } })).toBe(decided);
    expect(await db().escalation.count()).toBe(decided);
    expect((await verifyChain()).status).toBe("passed");
  },
  patience(200_000, 1, 10),
);
