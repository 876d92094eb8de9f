/** How far the reading is, and whether anybody reads, is true at every moment of a long import; and the queue is read before all else. */
import fs from "node:fs";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/kernel/db/client";
import { filler, linesOf } from "@/lib/testing/rounds";
import { openSession, type Session } from "@/lib/testing/session";
import { Rounds } from "./round";

const registry = "run_registry.jsonl";
const telemetry = "contract_telemetry.jsonl";
const queue = "escalation_queue.jsonl";

const line = (n: number) =>
  `{"run_id": "run_${n}", "event": "feedback", "feedback_note": "${filler(420)}", "timestamp": "2026-03-01T09:00:00+00:00", "hash": "${n}"}\n`;
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => line(from + n)).join("");
const denial = (runId: string, status = "pending", reason = "r") =>
  `{"run_id": "${runId}", "reason": "${reason}", "lane": "standard", "priority": 0, "blocked_at_utc": "2026-03-01T09:00:00+00:00", "escalate_by_utc": "2026-03-01T09:30:00+00:00", "sla_minutes": 30, "status": "${status}"}\n`;

let session: Session;
let notes: pg.Client;
beforeEach(async () => {
  session = await openSession();
  notes = new pg.Client({ connectionString: session.databaseUrl });
  await notes.connect();
});
afterEach(async () => {
  await notes.end();
  await session.close();
});

/** Keeps what the database says whenever a row of `table` changes, so that what was true for a moment can be asked afterwards. */
async function watch(
  table: "Source" | "SourceFile" | "SourceRecord",
  says: string,
): Promise<() => Promise<Record<string, unknown>[]>> {
  await notes.query(`CREATE TABLE "said" ("n" serial, "says" json)`);
  await notes.query(
    `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "said" ("says") SELECT to_json(s) FROM (${says}) s; RETURN NULL; END $$`,
  );
  await notes.query(
    `CREATE TRIGGER "noted" AFTER INSERT OR UPDATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION note()`,
  );
  return async () =>
    (await notes.query<{ says: Record<string, unknown> }>(`SELECT "says" FROM "said" ORDER BY "n"`)).rows.map(
      (row) => row.says,
    );
}

/** A worker whose time passes quickly: three seconds a look at its clock. Answers one round of it, in which something may happen at a look. */
function startWorker(): (at?: (look: number) => unknown) => Promise<void> {
  let [now, look] = [Date.parse("2026-03-01T10:00:00Z"), 0];
  let happen: (look: number) => unknown = () => {};
  const clock = () => {
    happen((look += 1));
    return new Date((now += 3000));
  };
  const rounds = new Rounds({ id: session.sourceId, directory: session.directory }, clock, () => false);
  const ready = rounds.recall();
  return async (at = () => {}) => {
    await ready;
    [look, happen] = [0, at];
    await rounds.next(new Set());
  };
}

const round = (at?: (look: number) => unknown): Promise<void> => startWorker()(at);

const beats = () =>
  watch(
    "Source",
    `SELECT s."lastReadAt", s."readingAt", f."offset" AS "read" FROM "Source" s LEFT JOIN "SourceFile" f ON f."path" = '${registry}'`,
  );
const isDuring =
  (size: number) =>
  ({ read }: Record<string, unknown>) =>
    Number(read) > 0 && Number(read) < size;

describe("the source's last reading", () => {
  it("goes on during a long import of another file, while the queue is read", async () => {
    session.write(queue, denial("run_a"));
    session.write(registry, lines(0, linesOf(24_000)));
    const said = await beats();
    await round();
    const during = (await said()).filter(isDuring(fs.statSync(session.at(registry)).size));
    expect(during.length).toBeGreaterThan(1);
    expect(during.at(-1)!.lastReadAt! > during[0]!.lastReadAt!).toBe(true);
  });

  it("stands still during a long import while the queue cannot be read, though somebody reads", async () => {
    fs.mkdirSync(session.at(queue));
    session.write(registry, lines(0, linesOf(24_000)));
    const said = await beats();
    await round();
    const during = (await said()).filter(isDuring(fs.statSync(session.at(registry)).size));
    expect(during.length).toBeGreaterThan(1);
    expect(during.map(({ lastReadAt }) => lastReadAt)).toEqual(during.map(() => null));
    expect(during.at(-1)!.readingAt! > during[0]!.readingAt!).toBe(true);
  });

  it("stands still while the queue itself is not read to its end, though somebody reads", async () => {
    session.write(
      queue,
      Array.from({ length: linesOf(12_000) }, (_, n) => denial(`run_${n}`, "resolved", filler(200))).join(""),
    );
    const said = await watch(
      "Source",
      `SELECT s."lastReadAt", s."readingAt", f."offset" AS "read" FROM "Source" s LEFT JOIN "SourceFile" f ON f."path" = '${queue}'`,
    );
    await round();
    const during = (await said()).filter(isDuring(fs.statSync(session.at(queue)).size));
    expect(during.length).toBeGreaterThan(0);
    expect(during.map(({ lastReadAt, readingAt }) => [lastReadAt, readingAt !== null])).toEqual(
      during.map(() => [null, true]),
    );
    expect((await db().source.findUniqueOrThrow({ where: { id: session.sourceId } })).lastReadAt).not.toBeNull();
  });
});

describe("what is left to read", () => {
  it("counts files whose turn has not come", async () => {
    session.write(telemetry, lines(0, linesOf(5000)));
    session.write(registry, lines(0, linesOf(5000)));
    const said = await watch(
      "SourceFile",
      `SELECT sum("size")::int AS "size", sum("offset")::int AS "read" FROM "SourceFile"`,
    );
    await round();
    const total = fs.statSync(session.at(telemetry)).size + fs.statSync(session.at(registry)).size;
    const sums = await said();
    expect(sums.map(({ size }) => size)).toEqual(sums.map(() => total));
    expect(sums[0]!.read).toBe(0);
    expect(sums.at(-1)!.read).toBe(total);
  });

  it("counts what a file grows by while it is read", async () => {
    session.write(registry, lines(0, linesOf(12_000)));
    const before = fs.statSync(session.at(registry)).size;
    const said = await watch(
      "SourceFile",
      `SELECT "size"::int, "offset"::int AS "read" FROM "SourceFile" WHERE "path" = '${registry}'`,
    );
    await round((look) => look === 8 && session.append(registry, lines(linesOf(12_000), linesOf(24_000))));
    expect((await said()).filter(({ read, size }) => Number(read) < before && Number(size) > before)).not.toEqual([]);
  });

  it("is said of a large file that is read again from its start, until it is", async () => {
    session.write(registry, lines(0, linesOf(12_000)));
    await session.readOnce();
    session.replace(registry, lines(1, linesOf(12_000) + 1));
    const said = await watch("SourceFile", `SELECT "rereadSince" FROM "SourceFile" WHERE "path" = '${registry}'`);
    await session.readOnce();
    expect((await said()).some(({ rereadSince }) => rereadSince !== null)).toBe(true);
    expect((await session.file(registry))!.rereadSince).toBeNull();
  });
});

describe("the queue", () => {
  /** How far another file was read when the denial of run_b was first seen open. */
  const readWhenOpen = async (path: string) => {
    const said = await watch(
      "SourceRecord",
      `SELECT f."lines", EXISTS (SELECT 1 FROM "Escalation" WHERE "runId" = 'run_b') AS "isOpen" FROM "SourceFile" f WHERE f."path" = '${path}'`,
    );
    return async () => (await said()).find(({ isOpen }) => isOpen)?.lines;
  };

  it("is read between the batches of a long import when it appears only then", async () => {
    session.write(registry, lines(0, linesOf(24_000)));
    const read = await readWhenOpen(registry);
    await round((look) => look === 12 && session.write(queue, denial("run_b")));
    expect(await read()).toBeLessThan(linesOf(24_000));
  });

  it("is read between the batches of a known file that grew much during the import of another", async () => {
    session.write(telemetry, lines(0, 1));
    session.write(queue, denial("run_a"));
    const next = startWorker();
    await next();
    session.write(registry, lines(0, linesOf(24_000)));
    const read = await readWhenOpen(telemetry);
    await next((look) => {
      if (look === 20) session.append(telemetry, lines(1, linesOf(40_000)));
      if (look === 30) session.append(queue, denial("run_b"));
    });
    expect(await read()).toBeLessThan(linesOf(40_000));
  });

  it("is read while a large file is read again", async () => {
    session.write(registry, lines(0, linesOf(24_000)));
    session.write(queue, denial("run_a"));
    await session.readOnce();
    session.replace(registry, lines(1, linesOf(24_000) + 1));
    const said = await watch(
      "SourceRecord",
      `SELECT txid_current()::text AS "transaction", EXISTS (SELECT 1 FROM "Escalation" WHERE "runId" = 'run_b') AS "isOpen"`,
    );
    await round((look) => look === 30 && session.append(queue, denial("run_b")));
    const all = await said();
    const [before, after] = [false, true].map(
      (isOpen) => new Set(all.filter((one) => one.isOpen === isOpen).map(({ transaction }) => transaction)),
    );
    // The one transaction that reads the file again saw it open: it was there before that transaction ended.
    expect([...before!].filter((transaction) => after!.has(transaction))).toHaveLength(1);
    expect((await session.file(registry))!.generation).toBe(1);
  });

  it.each([registry, queue])(
    "and every other file are read while the end of a line of %s is a terabyte away, and that is told",
    { timeout: 180_000 },
    async (endless) => {
      session.write(queue, denial("run_a"));
      session.write(registry, lines(0, 2));
      fs.truncateSync(session.at(endless), 2 ** 40);
      session.follow();
      const openRuns = async () =>
        (await db().escalation.findMany({ orderBy: { runId: "asc" } })).map(({ runId }) => runId);
      const readOf = async (name: string) => (await session.file(name))?.lines ?? 0;
      await expect
        .poll(async () => [await openRuns(), await readOf(registry)], { timeout: 60_000 })
        .toEqual([["run_a"], 2]);
      session.append(endless === queue ? registry : queue, endless === queue ? lines(2, 3) : denial("run_b"));
      await expect
        .poll(async () => [await openRuns(), await readOf(registry)], { timeout: 60_000 })
        .toEqual(endless === queue ? [["run_a"], 3] : [["run_a", "run_b"], 2]);
      await expect
        .poll(async () => (await session.file(endless))?.problem, { timeout: 120_000 })
        .toBe("It holds a line of more than 1 GiB; what stands behind its beginning is not read.");
    },
  );
});
