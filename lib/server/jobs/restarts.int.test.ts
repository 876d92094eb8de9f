import { randomInt } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { listUnscheduled } from "@/lib/kernel/clock/clocks";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { kinds, makeDueItem, readWhatCame, type Came, type Kind } from "@/lib/testing/due-items";
import { killableWorkers, type KillableWorker } from "@/lib/testing/killable-worker";
import { randomOf } from "@/lib/testing/random";
import { isSoak, patience, rounds } from "@/lib/testing/rounds";
import { as, makePeople, makeSource } from "@/lib/testing/scenarios";

const kills = rounds(12, 300);
const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));
const random = randomOf(seed);
const upTo = (ms: number): number => Math.floor(random() * ms);
const soon = (ms: number): Date => new Date(systemClock().getTime() + ms);

let sourceId: string;
let directory: string;
let people: Record<Role, PersonActor>;
let workers: Awaited<ReturnType<typeof killableWorkers>>;
/** By subject. */
const left = new Map<string, Kind>();
const runOfRace = (n: number): string => `run_race_${n}`;
const queue = () => path.join(directory, "escalation_queue.jsonl");

/** Items of every kind that fall due within the next seconds, some at the same instant. */
async function leaveAlone(wave: number): Promise<void> {
  const together = soon(100 + upTo(1200));
  const items = [...Object.entries(kinds), ["denial", kinds.denial] as const].map(([name, kind], n) => ({
    ...kind,
    subject: `${name} ${wave}.${n}`,
    first: random() < 0.5 ? together : soon(100 + upTo(1200)),
  }));
  for (const item of items) left.set(item.subject, item);
  await Promise.all(items.map((item) => makeDueItem({ ...item, sourceId, holderId: people.operator.id })));
}

/** An item that a person resolves at about the moment at which it falls due, or at which their claim goes quiet and it falls due. */
async function race(wave: number): Promise<{ ended: Promise<void> }> {
  const delay = 100 + upTo(1200);
  const claim = wave % 2 ? { claimed: true as const, clocks: { resolve: 120 } } : {};
  const id = await makeDueItem({
    ...kinds.denial,
    ...claim,
    sourceId,
    subject: runOfRace(wave),
    first: soon(delay),
    holderId: people.operator.id,
  });
  return { ended: pause(Math.max(0, delay - 300 + upTo(600))).then(() => resolveWhateverHappens(id)) };
}

/** As a person does who, told that the item has changed, looks again and decides again. */
async function resolveWhateverHappens(id: string): Promise<void> {
  const { version } = await db().escalation.findUniqueOrThrow({ where: { id } });
  const resolution = {
    id,
    version,
    outcome: "unblocked" as const,
    note: "Its cause is gone.",
    lateCause: "At the last moment.",
  };
  await resolveEscalation(as(people.operator, systemClock()), resolution).catch((error: { code?: string }) => {
    if (error.code !== "CONFLICT") throw error;
    return resolveWhateverHappens(id);
  });
}

/** Workers that held a job when they were killed: nobody gives it back for them. */
async function countKilledAtWork(): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(DISTINCT locked_by)::int AS count FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL`,
  );
  return rows[0]!.count;
}

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl, 10);
  people = await makePeople();
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "restarts-")));
  sourceId = await makeSource(directory);
  const record = {
    reason: "Circuit open",
    lane: "standard",
    priority: 0,
    blocked_at_utc: "2026-03-01T10:00:00+00:00",
    escalate_by_utc: "2026-03-01T10:30:00+00:00",
    sla_minutes: 30,
    status: "pending",
  };
  fs.writeFileSync(
    queue(),
    Array.from({ length: kills }, (_, n) => `${JSON.stringify({ run_id: runOfRace(n), ...record })}\n`).join(""),
  );
  workers = await killableWorkers({ sourceId, directory, databaseUrl, ahead: 3 });
});
afterAll(async () => {
  await workers?.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

describe(`a worker that is killed ${kills} times at random, and started again (TEST_SEED=${seed})`, () => {
  let killedAtWork = 0;
  let came: Came[];

  beforeAll(
    async () => {
      const alive: KillableWorker[] = [];
      const races: { ended: Promise<void> }[] = [];
      for (let killed = 0; killed < kills; killed++) {
        const [begun] = await Promise.all([race(killed), leaveAlone(killed)]);
        races.push(begun);
        do alive.push(await workers.start());
        while (alive.length < 2 && random() < 0.3);
        await pause(upTo(600));
        await alive.splice(upTo(alive.length), 1)[0]!.kill();
      }
      killedAtWork = await countKilledAtWork();
      await Promise.all(races.map(({ ended }) => ended));
      await workers.start();
      const waiting = async () => [
        await db().escalation.count({ where: { nextAt: { lt: soon(600_000) } } }),
        await db().effect.count({ where: { status: { not: "applied" } } }),
      ];
      await vi.waitFor(async () => expect(await waiting()).toEqual([0, 0]), { timeout: 60_000, interval: 200 });
      came = await readWhatCame();
    },
    patience(300_000, 12, 300),
  );

  // Says that enough was tried: a few kills may all fall between two jobs.
  it.runIf(isSoak)("dies in the middle of a job now and then", () => {
    expect(killedAtWork).toBeGreaterThan(0);
  });

  it("loses and doubles no step: each is taken once, in order, and told once", () => {
    const wrong = [...left].flatMap(([subject, { events, hear, level }]) => {
      const item = came.find((one) => one.subject === subject)!;
      // Clocks whose misses are heard at one moment make one word of it.
      const missesHeard = new Set(item.steps.flatMap(({ missed, at }) => (missed ? [at.getTime()] : []))).size;
      const expected = { events: [...events], hear: [...hear].sort(), level, breachTold: missesHeard };
      const got = {
        events: item.steps.map(({ says }) => says),
        hear: item.hear,
        level: item.level,
        breachTold: item.breachTold,
      };
      return isDeepStrictEqual(got, expected) ? [] : [{ subject, got, expected }];
    });
    expect(wrong).toEqual([]);
    expect(left.size).toBe(5 * kills);
  });

  it("takes no stale step on what a person resolved: it was late and is a breach, heard before, or it was not", () => {
    const raced = came.filter(({ subject }) => subject.startsWith("run_race"));
    const wrong = raced.flatMap(({ subject, status, breachedAt, closedAt, lateCause, steps, standing }) => {
      const times = (what: string) => steps.filter(({ says }) => says.startsWith(what)).length;
      const expected = {
        status: "resolved",
        misses: breachedAt ? 1 : 0,
        late: breachedAt !== null,
        standing: breachedAt ? ["breach"] : [],
        returnedOnce: true,
        afterwards: 0,
      };
      const got = {
        status,
        misses: times("resolve"),
        late: lateCause !== null,
        standing,
        returnedOnce: times("returned") <= 1,
        afterwards: steps.filter(({ at }) => at > closedAt!).length,
      };
      return isDeepStrictEqual(got, expected) ? [] : [{ subject, got, expected }];
    });
    expect(wrong).toEqual([]);
    expect(raced).toHaveLength(kills);
  });

  it("says of every step how late it was", () => {
    const wrong = came.flatMap(({ subject, clocks, steps }) =>
      steps
        .filter(
          ({ at, clock, lateMs }) =>
            !(lateMs >= 0) ||
            (clock !== null && at.getTime() - clocks.find(({ name }) => name === clock)!.dueAt.getTime() !== lateMs),
        )
        .map((step) => ({ subject, ...step })),
    );
    expect(wrong).toEqual([]);
  });

  it("carries every decision into thegent's file once", async () => {
    const records = fs
      .readFileSync(queue(), "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { run_id: string; status: string });
    expect(records.map(({ run_id, status }) => `${run_id} ${status}`)).toEqual(
      Array.from({ length: kills }, (_, n) => `${runOfRace(n)} resolved`),
    );
    expect(await db().auditEvent.count({ where: { action: "escalation.take-up" } })).toBe(kills);
  });

  it("leaves every open item with its next step, and a chain that verifies", async () => {
    expect(await listUnscheduled(sourceId, 10)).toEqual([]);
    expect((await verifyChain()).status).toBe("passed");
  });
});
