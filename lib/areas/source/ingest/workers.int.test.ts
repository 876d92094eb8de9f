import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerSource } from "@/lib/areas/source/store/registration";
import { db } from "@/lib/kernel/db/client";
import { takeSourceLock } from "@/lib/kernel/db/source-lock";
import { systemClock } from "@/lib/kernel/time";
import { cockpitMay } from "@/lib/testing/grants";
import { filler, linesOf, rounds } from "@/lib/testing/rounds";
import { inOneFile, type OneFile } from "@/lib/testing/one-file";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { findFormat } from "@/lib/thegent/records/formats";
import { ingestFile, type FileJob } from "./file";

const registry = "run_registry.jsonl";
const queue = "escalation_queue.jsonl";
const line = (n: number) =>
  `{"run_id": "run_${n}", "event": "feedback", "feedback_score": 1, "feedback_note": "${filler(400)}", "timestamp": "2026-03-01T09:00:00+00:00", "prev_hash": null, "hash": "${n}"}\n`;
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => line(from + n)).join("");
const denial = (runId: string, status = "pending", reason = "r") =>
  `{"run_id": "${runId}", "reason": "${reason}", "lane": "standard", "priority": 0, "blocked_at_utc": "2026-03-01T09:00:00+00:00", "escalate_by_utc": "2026-03-01T09:30:00+00:00", "sla_minutes": 30, "status": "${status}"}\n`;

let session: Session;
let script: OneFile;
beforeAll(async () => {
  script = await inOneFile("lib/testing/ingest-worker.ts");
});
afterAll(() => script.remove());

const children: ChildProcess[] = [];
beforeEach(async () => {
  session = await openSession();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await session.close();
});

function startChild(): ChildProcess {
  const child = spawn(process.execPath, [script.file, session.directory], {
    env: { ...process.env, DATABASE_URL: session.databaseUrl, COCKPIT_LOG_LEVEL: "fatal" },
    stdio: "inherit",
  });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

const recorded = () => db().sourceRecord.count({ where: { goneAt: null } });

/** Every line of the file once, at its place. */
async function expectEveryLineOnce(name: string): Promise<void> {
  const records = await session.records(name);
  expect(records.map(({ text }) => `${text}\n`).join("") === fs.readFileSync(session.at(name), "utf8")).toBe(true);
  expect(records.map((record) => record.line)).toEqual(records.map((_, n) => n + 1));
}

describe("a worker that is killed", () => {
  it("in the middle of a first import loses nothing and doubles nothing", async () => {
    const total = linesOf(24_000);
    session.write(registry, lines(0, total));
    for (let before = 0, kills = 0; kills < 2 && before < total; kills++, before = await recorded()) {
      const child = startChild();
      const known = before;
      await expect.poll(recorded, { timeout: 30_000, interval: 5 }).toBeGreaterThan(known);
      await kill(child);
    }
    await session.readOnce();
    await expectEveryLineOnce(registry);
    expect(await db().sourceRecord.count()).toBe(total);
  });

  it("while it reads a file again leaves the file as it was recorded before, until the next one has read it", async () => {
    session.write(registry, lines(0, linesOf(12_000)));
    await session.readOnce();
    session.replace(registry, lines(linesOf(4000), linesOf(16_000)));
    const child = startChild();
    const reading = () =>
      db().$queryRaw<
        unknown[]
      >`SELECT 1 FROM pg_stat_activity WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "query" LIKE '%INSERT INTO "SourceRecord"%' AND "state" <> 'idle'`;
    await expect
      .poll(async () => (await reading()).length + ((await session.file(registry))!.generation > 0 ? 1 : 0), {
        timeout: 30_000,
        interval: 5,
      })
      .toBeGreaterThan(0);
    await kill(child);
    await session.readOnce();
    await expectEveryLineOnce(registry);
    expect(await db().sourceRecord.count()).toBe(linesOf(16_000));
    expect((await session.file(registry))!.generation).toBe(1);
  });
});

describe("two workers", () => {
  it("record every line once, and the second takes over when the first is killed", async () => {
    session.write(registry, lines(0, linesOf(10_000)));
    const [first] = [startChild(), startChild()];
    for (let n = 10_000; n < 12_000; n += 500) session.append(registry, lines(linesOf(n), linesOf(n + 500)));
    await expect.poll(recorded, { timeout: 30_000 }).toBe(linesOf(12_000));
    await kill(first);
    session.append(registry, lines(linesOf(12_000), linesOf(12_100)));
    await expect.poll(recorded, { timeout: 30_000 }).toBe(linesOf(12_100));
    await expectEveryLineOnce(registry);
  });

  it("take over from one that is frozen with its connections open, and what it had begun is neither lost nor doubled when it thaws", async () => {
    session.write(registry, lines(0, linesOf(12_000)));
    const frozen = startChild();
    await expect.poll(recorded, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    frozen.kill("SIGSTOP");
    const other = startChild();
    session.append(registry, lines(linesOf(12_000), linesOf(12_500)));
    await expect.poll(recorded, { timeout: 60_000 }).toBe(linesOf(12_500));
    frozen.kill("SIGCONT");
    session.append(registry, lines(linesOf(12_500), linesOf(13_000)));
    await expect.poll(recorded, { timeout: 30_000 }).toBe(linesOf(13_000));
    await kill(other);
    session.append(registry, lines(linesOf(13_000), linesOf(13_100)));
    await expect.poll(recorded, { timeout: 30_000 }).toBe(linesOf(13_100));
    await expectEveryLineOnce(registry);
  }, 150_000);

  it("record every line and open every item once, even when nothing keeps them apart", async () => {
    const total = rounds(1500, 9000);
    session.write(queue, Array.from({ length: total }, (_, n) => denial(`run_${n}`, "pending", filler(100))).join(""));
    const job: FileJob = {
      sourceId: session.sourceId,
      directory: session.directory,
      path: queue,
      format: findFormat(queue)!,
      clock: systemClock,
      between: async () => {},
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => ingestFile(job, {})));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [(result.reason as Error).name] : []));
    expect(new Set(refused)).toEqual(new Set(refused.length ? ["Overtaken"] : []));
    await session.readOnce();
    await expectEveryLineOnce(queue);
    expect(await db().escalation.count()).toBe(total);
  });

  it("have one lock a source, free again when its holder is gone", async () => {
    const mine = await takeSourceLock(session.sourceId, "ingest");
    expect(mine?.held()).toBe(true);
    expect(await takeSourceLock(session.sourceId, "ingest")).toBeNull();
    const another = await takeSourceLock(
      await registerSource(cockpitMay("source.register"), `${session.directory}/another`, false, systemClock()),
      "ingest",
    );
    expect(another?.held()).toBe(true);
    await another!.release();
    await mine!.release();
    expect(mine!.held()).toBe(false);
    const next = await takeSourceLock(session.sourceId, "ingest");
    expect(next).not.toBeNull();
    await next!.release();
  });
});

describe("a worker whose connections are cut", () => {
  it("takes its turn again and goes on, doubling nothing", async () => {
    session.write(registry, lines(0, linesOf(8000)));
    session.follow();
    await expect.poll(recorded, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    const cut = new pg.Client({ connectionString: session.databaseUrl });
    await cut.connect();
    await cut.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await cut.end();
    session.append(registry, lines(linesOf(8000), linesOf(8010)));
    await expect.poll(() => recorded().catch(() => -1), { timeout: 30_000 }).toBe(linesOf(8010));
    await expectEveryLineOnce(registry);
    await expect.poll(async () => (await session.file(registry))!.problem, { timeout: 30_000 }).toBeNull();
  });
});

describe("the queue", () => {
  it("is read while a long import of another file is under way", async () => {
    session.write(queue, denial("run_a"));
    session.write(registry, lines(0, linesOf(40_000)));
    session.follow();
    await expect.poll(recorded, { timeout: 30_000, interval: 5 }).toBeGreaterThan(1);
    session.append(queue, denial("run_b"));
    const lineCount = async () => (await session.file(registry))!.lines;
    await expect.poll(lineCount, { timeout: 30_000 }).toBe(linesOf(40_000));
    const item = await db().escalation.findFirstOrThrow({ where: { runId: "run_b" } });
    expect(item.openedAt.getTime()).toBeLessThan((await session.file(registry))!.lastReadAt!.getTime());
  });
});

describe("a person who decides at the same moment", () => {
  it("wins over the reading", async () => {
    session.write(queue, denial("run_a") + denial("run_b"));
    const ingest = session.follow();
    await ingest.settled();
    const [item] = await db().escalation.findMany({ where: { runId: "run_a" } });
    const { id: by } = await makePerson("operator");
    await db().$transaction(
      async (tx) => {
        const data = {
          status: "resolved",
          nextAt: null,
          closedIn: "cockpit",
          closedAt: systemClock(),
          closedById: by,
          outcome: "unblocked",
          note: "mine",
          version: { increment: 1 },
        } as const;
        await tx.escalation.update({ where: { id: item!.id }, data });
        // The reading decides on the item as it was before, and its write waits for this transaction.
        session.replace(queue, denial("run_a", "approved") + denial("run_b"));
        const waits = () =>
          db().$queryRaw<
            unknown[]
          >`SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l."granted" AND a."datname" = current_database()`;
        await expect.poll(async () => (await waits()).length, { timeout: 30_000 }).toBeGreaterThan(0);
      },
      { timeout: 60_000 },
    );
    await ingest.settled();
    expect(await db().escalation.findUnique({ where: { id: item!.id } })).toMatchObject({
      status: "resolved",
      closedIn: "cockpit",
      closedById: by,
      note: "mine",
      thegentWord: null,
      version: 2,
    });
    expect(await session.records(queue)).toHaveLength(2);
  });
});
