/** One line, whatever it says, never keeps the lines behind it from being read. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceView } from "@/lib/areas/source/read/view";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { makePerson } from "@/lib/testing/scenarios";
import { queueLine } from "@/lib/testing/queue-line";
import { openSession, type Session } from "@/lib/testing/session";
import { startIngest } from "./ingest";

const queue = "escalation_queue.jsonl";
const registry = "run_registry.jsonl";
const overrides = "override_registry.jsonl";

const denial = (runId: string, change: Record<string, unknown> = {}) => queueLine({ run_id: runId, ...change });

/** Nothing that compresses it fits a page of an index. */
const incompressible = (bytes: number) => randomBytes(bytes).toString("base64").slice(0, bytes);

let session: Session;
beforeEach(async () => {
  session = await openSession();
});
afterEach(() => session.close());

const openRuns = async () =>
  (await db().escalation.findMany({ where: { status: "open" }, orderBy: { runId: "asc" } })).map(({ runId }) => runId);
const item = (runId: string) => db().escalation.findFirstOrThrow({ where: { runId } });

const sourcesPage = async () => {
  const decision = decide(operatingModel, "source.view", await makePerson("operator"));
  useSource(session.directory);
  return sourceView((decision as Extract<typeof decision, { allowed: true }>).grant, new Date());
};

/** Statements of who owns the database, beside the program. */
async function sql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: session.databaseUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe("an instant at the end of what a calendar knows", () => {
  it.each([
    ["Python's datetime.max", { escalate_by_utc: "9999-12-31T23:59:59.999999+00:00" }, "9999-12-31T23:59:59.000Z"],
    ["its last day, west of Greenwich", { escalate_by_utc: "9999-12-31T23:59:59-14:00" }, "9999-12-31T23:59:59.000Z"],
    ["Python's datetime.min", { escalate_by_utc: "0001-01-01T00:00:00+00:00" }, "0001-01-01T00:00:00.000Z"],
    [
      "its first day, east of Greenwich",
      { escalate_by_utc: "0001-01-01T00:00:00+14:00", blocked_at_utc: "0001-01-01T00:00:00+14:00" },
      "0001-01-01T00:00:00.000Z",
    ],
    [
      "its first day, for want of when it was blocked",
      { escalate_by_utc: "0001-01-01T00:00:00+00:00", blocked_at_utc: null },
      "0001-01-01T00:00:00.000Z",
    ],
    [
      "a time before its first day, by its own minutes",
      { blocked_at_utc: null, sla_minutes: 2_147_483_647 },
      "2026-03-01T09:30:00.500Z",
    ],
    [
      "a time past its last day, by its own minutes",
      { blocked_at_utc: null, sla_minutes: -2_147_483_648, escalate_by_utc: "9999-12-31T00:00:00Z" },
      "9999-12-31T00:00:00.000Z",
    ],
  ])("opens its item all the same: due at %s", async (_, change, dueAt) => {
    session.write(queue, denial("run_a", change) + denial("run_b"));
    await session.readOnce();
    expect(await openRuns()).toEqual(["run_a", "run_b"]);
    expect((await item("run_a")).dueAt.toISOString()).toBe(dueAt);
  });

  it.each(["9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+14:00"])(
    "closes what thegent resolved at %s",
    async (at) => {
      session.write(queue, denial("run_a"));
      await session.readOnce();
      session.write(queue, denial("run_a", { status: "resolved", resolved_at_utc: at }) + denial("run_b"));
      await session.readOnce();
      expect(await openRuns()).toEqual(["run_b"]);
    },
  );
});

describe("an owner", () => {
  it.each([
    ["of 8 KB that nothing compresses", incompressible(8192)],
    ["that is empty", ""],
  ])("%s opens its item, exactly as it is written", async (_, owner) => {
    session.write(queue, denial("run_a", { owner }) + denial("run_b"));
    await session.readOnce();
    expect(await openRuns()).toEqual(["run_a", "run_b"]);
    expect((await item("run_a")).owner).toBe(owner);
  });

  it("longer than any is refused with its reason, never cut", async () => {
    session.write(queue, denial("run_a", { owner: incompressible(20_000) }) + denial("run_b"));
    await session.readOnce();
    expect(await openRuns()).toEqual(["run_b"]);
    expect(await session.quarantined(queue)).toMatchObject([
      { line: 1, reason: "Its owner is longer than 16384 characters." },
    ]);
  });
});

describe("a run with the empty id", () => {
  it("is a run like any other: it opens, and thegent's own resolve closes it", async () => {
    session.write(queue, denial("") + denial("run_b"));
    await session.readOnce();
    expect(await openRuns()).toEqual(["", "run_b"]);
    session.write(queue, denial("", { status: "resolved" }) + denial("run_b"));
    await session.readOnce();
    expect(await openRuns()).toEqual(["run_b"]);
  });
});

describe("a line that the database refuses for a reason nobody thought of", () => {
  const many = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => denial(`run_${from + n}`)).join("");

  it("is put aside with what the database says, and costs no other line of its batch", async () => {
    await sql(`ALTER TABLE "SourceRecord" ADD CONSTRAINT "no_seven" CHECK ("runId" NOT IN ('run_7', 'run_19'))`);
    session.write(queue, many(0, 40));
    await session.readOnce();
    expect(await openRuns()).toHaveLength(38);
    const aside = await session.quarantined(queue);
    expect(aside.map(({ line }) => line)).toEqual([8, 20]);
    for (const { reason } of aside) expect(reason).toMatch(/^The database does not take this line: .*no_seven/);
    expect(await session.file(queue)).toMatchObject({ lines: 40, problem: null });
  });

  it("is put aside when the file is read again, too", async () => {
    session.write(queue, many(0, 20));
    await session.readOnce();
    await sql(`ALTER TABLE "SourceRecord" ADD CONSTRAINT "no_seven" CHECK ("runId" <> 'run_27')`);
    session.replace(queue, many(10, 40));
    await session.readOnce();
    // The first ten vanished, and stay open as lost; of the others one is refused.
    expect(await openRuns()).toHaveLength(10 + 29);
    expect(await db().escalation.count({ where: { lostAt: { not: null } } })).toBe(10);
    expect((await session.quarantined(queue)).map(({ line }) => line)).toEqual([18]);
  });

  it("is counted once, and so are its equals, when a half of its batch was taken already", async () => {
    await sql(`ALTER TABLE "SourceRecord" ADD CONSTRAINT "no_seven" CHECK ("runId" <> 'run_7')`);
    session.write(queue, denial("run_1").repeat(3) + denial("run_7") + denial("run_1").repeat(2));
    await session.readOnce();
    session.append(queue, denial("run_7").repeat(2) + denial("run_1"));
    await session.readOnce();
    expect((await session.records(queue)).map(({ line, occurrence }) => [line, occurrence])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [5, 3],
      [6, 4],
      [9, 5],
    ]);
    expect(await session.quarantined(queue)).toMatchObject([{ line: 4, lastLine: 8, count: 3 }]);
  });

  it.each([
    ["first read", false],
    ["read again", true],
  ])(
    "whose item is refused when %s opens none, is told among the lines, and holds up no other run",
    async (_, again) => {
      if (again) {
        session.write(queue, many(0, 5));
        await session.readOnce();
      }
      await sql(`ALTER TABLE "Escalation" ADD CONSTRAINT "no_seven" CHECK ("runId" <> 'run_7')`);
      session.replace(queue, many(0, 20));
      await session.readOnce();
      expect(await openRuns()).toHaveLength(19);
      expect(await session.quarantined(queue)).toMatchObject([
        { line: 8, reason: expect.stringMatching(/^The database does not take the item of this line: .*no_seven/) },
      ]);
      const opened = (await db().auditEvent.findMany({ where: { action: "escalation.sync" } })).map(
        ({ body }) => (JSON.parse(body) as { after: { opened?: { count: number } } }).after.opened?.count ?? 0,
      );
      expect(opened.reduce((sum, count) => sum + count, 0)).toBe(19);
    },
  );

  it("whose item was refused opens it once the database takes it, by a new worker at once and by one that runs within ten minutes, with no new line", async () => {
    await sql(`ALTER TABLE "Escalation" ADD CONSTRAINT "no_seven" CHECK ("runId" NOT IN ('run_7', 'run_8'))`);
    const refused = async () => (await session.quarantined(queue)).map(({ line, count }) => [line, count]);
    session.write(queue, many(0, 10) + denial("run_7"));
    for (const _ of ["first", "again"]) {
      await session.readOnce();
      expect([await openRuns(), await refused()]).toEqual([
        ["run_0", "run_1", "run_2", "run_3", "run_4", "run_5", "run_6", "run_9"],
        [
          [8, 2],
          [9, 1],
        ],
      ]);
    }
    await sql(
      `ALTER TABLE "Escalation" DROP CONSTRAINT "no_seven", ADD CONSTRAINT "no_eight" CHECK ("runId" <> 'run_8')`,
    );
    let ahead = 0;
    const ingest = startIngest({ directory: session.directory, pollMs: 20, clock: () => new Date(Date.now() + ahead) });
    await ingest.settled();
    expect(await refused()).toEqual([[9, 1]]);
    expect(await item("run_7")).toMatchObject({ status: "open", recordCount: 2 });
    await sql(`ALTER TABLE "Escalation" DROP CONSTRAINT "no_eight"`);
    ahead = 10 * 60_000;
    await expect.poll(refused, { timeout: 10_000 }).toEqual([]);
    await ingest.stop();
    expect(await openRuns()).toEqual(Array.from({ length: 10 }, (_, n) => `run_${n}`));
  });

  it("whose finding is refused keeps its record, is told among the lines, and holds up no other finding", async () => {
    await sql(`ALTER TABLE "Finding" ADD CONSTRAINT "no_seven" CHECK ("owner" <> 'owner-7')`);
    const override = (n: number) =>
      `{"owner": "owner-${n}", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "2126-03-02T09:00:00+00:00"}\n`;
    session.write(overrides, Array.from({ length: 12 }, (_, n) => override(n)).join(""));
    await session.readOnce();
    expect(await db().finding.count()).toBe(11);
    expect(await session.records(overrides)).toHaveLength(12);
    expect(await session.quarantined(overrides)).toMatchObject([
      { line: 8, reason: expect.stringMatching(/no_seven/) },
    ]);
    session.replace(overrides, Array.from({ length: 13 }, (_, n) => override(n)).join(""));
    await session.readOnce();
    expect(await db().finding.count()).toBe(12);
    expect((await session.quarantined(overrides)).map(({ line }) => line)).toEqual([8]);
  });

  it("is not blamed for what is no line's fault: the file waits with its problem, and nothing is put aside", async () => {
    await sql(
      `CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
    );
    await sql(`CREATE TRIGGER "full" BEFORE INSERT ON "SourceRecord" FOR EACH ROW EXECUTE FUNCTION full()`);
    session.write(registry, `{"run_id": "run_1", "status": "started"}\n`);
    const ingest = session.follow();
    await ingest.settled();
    expect(await session.file(registry)).toMatchObject({
      offset: 0n,
      problem: expect.stringMatching(/could not be recorded/),
    });
    expect(await session.quarantined(registry)).toEqual([]);
    await sql(`DROP TRIGGER "full" ON "SourceRecord"`);
    await expect.poll(async () => (await session.records(registry)).length, { timeout: 10_000 }).toBe(1);
  });
});

describe("many unusable lines", () => {
  const kinds = JSON.parse(fs.readFileSync("lib/thegent/files/testing/bad-line-kinds.json", "utf8")) as string[];

  it("of every kind are all kept with their reason, equal ones as one, and the denial behind them is open", async () => {
    const times = 700;
    session.write(
      queue,
      Array.from({ length: kinds.length * times }, (_, n) => `${kinds[n % kinds.length]!}\n`).join("") +
        denial("run_b"),
    );
    await session.readOnce();
    expect(await openRuns()).toContain("run_b");
    const aside = await session.quarantined(queue);
    // A blank line is no line, and a length of NaN minutes keeps thegent from nothing: that denial waits as its due instant says.
    const unusable = kinds.filter((line) => line.trim() !== "" && !line.includes("NaN"));
    expect(aside.map(({ bytes, count }) => [Buffer.from(bytes).toString(), count])).toEqual(
      unusable.map((line) => [line, times]),
    );
    expect(
      aside.every(({ reason, line, lastLine }) => reason.length > 10 && lastLine === line + kinds.length * (times - 1)),
    ).toBe(true);
    expect(await openRuns()).toEqual(["run_b", "run_case_99"]);
    expect((await item("run_case_99")).recordCount).toBe(times);
  });

  it("are counted over batches and over what is read again, and are gone when they are", async () => {
    session.write(queue, "x\n".repeat(9000) + denial("run_b"));
    await session.readOnce();
    expect(await session.quarantined(queue)).toMatchObject([{ line: 1, lastLine: 9000, count: 9000 }]);
    session.append(queue, "x\n".repeat(10));
    await session.readOnce();
    expect(await session.quarantined(queue)).toMatchObject([{ line: 1, lastLine: 9011, count: 9010 }]);
    const shown = await sourcesPage();
    expect(shown.files).toMatchObject([{ path: queue, quarantined: 9010, rereading: false }]);
    expect(shown.quarantine).toMatchObject([{ file: queue, line: 1, lastLine: 9011, count: 9010 }]);
    expect(shown.progress).toEqual({
      read: fs.statSync(session.at(queue)).size,
      size: fs.statSync(session.at(queue)).size,
      reading: false,
    });
    session.replace(queue, denial("run_b") + "x\n".repeat(5000));
    await session.readOnce();
    expect(await session.quarantined(queue)).toMatchObject([{ line: 2, lastLine: 5001, count: 5000 }]);
    session.replace(queue, denial("run_b"));
    await session.readOnce();
    expect(await session.quarantined(queue)).toEqual([]);
    expect(await openRuns()).toEqual(["run_b"]);
  });
});
