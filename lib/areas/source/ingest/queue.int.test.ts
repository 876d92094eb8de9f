import fs from "node:fs";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { db, inTransaction } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { markApplied } from "@/lib/kernel/effect/effects";
import { deliverTask } from "@/lib/kernel/effect/outbox";
import { systemClock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { takeUp } from "@/lib/server/jobs/take-up";
import { filler, rounds } from "@/lib/testing/rounds";
import { as, makePerson, minutes } from "@/lib/testing/scenarios";
import { queueLine } from "@/lib/testing/queue-line";
import { openSession, type Session } from "@/lib/testing/session";
import { Drainer } from "@/lib/thegent/files/drainer";
import { resolveInQueueFile } from "@/lib/thegent/files/write-back";
import { resolveLines, type Resolution } from "@/lib/thegent/records/queue-lines";

const file = "escalation_queue.jsonl";

type Fields = {
  run_id: string;
  reason?: string;
  priority?: number;
  blocked_at_utc?: string;
  status?: string;
  resolved_at_utc?: string;
};
const record = (fields: Fields) => queueLine(fields);
const resolved = { status: "approved", resolved_at_utc: "2026-03-01T10:00:00+00:00" };

let session: Session;
beforeEach(async () => {
  session = await openSession();
});
afterEach(() => session.close());

const items = () => db().escalation.findMany({ orderBy: { id: "asc" } });
type Synced = Partial<Record<"opened" | "updated" | "closed" | "reapplied", { count: number; ids: string[] }>>;
const syncs = async () =>
  (await db().auditEvent.findMany({ where: { action: "escalation.sync" }, orderBy: { seq: "asc" } })).map(
    ({ body }) => (JSON.parse(body) as { after: Synced }).after,
  );

/** What a person's resolution and its delivery leave behind. */
async function resolveHere(
  itemId: string,
  effect: { status: "pending" | "applied"; closed?: string[] },
): Promise<string> {
  const now = systemClock();
  await db().escalation.update({
    where: { id: itemId },
    data: {
      status: "resolved",
      nextAt: null,
      closedIn: "cockpit",
      closedAt: now,
      closedById: (await makePerson("operator")).id,
      outcome: "unblocked",
      note: "seen",
      version: { increment: 1 },
    },
  });
  const id = uuidv7();
  const payload = { runId: "run_1", word: "resolved", at: now.toISOString() };
  await db().effect.create({
    data: {
      id,
      subjectId: itemId,
      kind: "thegent.resolve",
      payload,
      createdAt: now,
      status: effect.status,
      result: effect.closed && { closed: effect.closed },
      appliedAt: effect.closed && now,
    },
  });
  return id;
}

const identityKeys = async () => (await session.records(file)).map(({ identityKey }) => identityKey!);
const jobs = () =>
  db().$queryRaw<
    { task: string }[]
  >`SELECT "task_identifier" AS "task" FROM graphile_worker.jobs WHERE "task_identifier" LIKE 'deliver-effects:%'`;

describe("a pending record", () => {
  it("opens one item for the run, with all its records, and one event for the batch", async () => {
    session.write(
      file,
      record({ run_id: "run_1" }) +
        record({ run_id: "run_2" }) +
        record({ run_id: "run_1", reason: "Urgent", priority: 3 }) +
        record({ run_id: "run_3", ...resolved }),
    );
    await session.readOnce();
    const [one, two, ...more] = await items();
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      runId: "run_1",
      status: "open",
      priority: 3,
      reason: "Urgent",
      lane: "critical",
      owner: "ana:shop",
      agent: "codex",
      recordCount: 2,
      slaMinutes: 30,
      previousId: null,
      version: 1,
    });
    expect(one!.dueAt.toISOString()).toBe("2026-03-01T09:30:00.500Z");
    expect(two).toMatchObject({ runId: "run_2", recordCount: 1 });
    expect(await syncs()).toEqual([{ opened: { count: 2, ids: [one!.id, two!.id] } }]);
  });

  it("without its newline opens an item when it stood still, is resolved as thegent would, and stays one item through it all", async () => {
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }).trimEnd());
    await session.readOnce();
    const [one, two, ...more] = await items();
    expect([one?.runId, two?.runId, more]).toEqual(["run_1", "run_2", []]);
    const { content, closed } = resolveLines(fs.readFileSync(session.at(file)), [
      { runId: "run_2", word: "resolved", at: systemClock() },
    ]);
    await resolveHere(two!.id, { status: "applied", closed: closed.get("run_2") });
    session.replace(file, content!);
    await session.readOnce();
    expect((await items()).map(({ id, status, recordCount }) => [id, status, recordCount])).toEqual([
      [one!.id, "open", 1],
      [two!.id, "resolved", 1],
    ]);
  });

  it("that a rewrite serialised anew is the same record", async () => {
    const text = record({ run_id: "run_1", reason: "Zoë’s" });
    const value = JSON.parse(text) as Record<string, unknown>;
    const sorted = Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    const escaped = JSON.stringify(sorted, null, 1)
      .replace(/\n */g, "")
      .replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
    session.write(file, text);
    await session.readOnce();
    const before = await items();
    const keys = await identityKeys();
    for (const again of [`${escaped}\n`, escaped, `  ${escaped} \n`, text]) {
      session.replace(file, again);
      await session.readOnce();
      expect(await items()).toEqual(before);
      expect(await identityKeys()).toEqual(keys);
    }
    expect(await syncs()).toHaveLength(1);
  });

  it("of a later thegent without an SLA is due after the setting's, from when it was first seen, and its priority 1 is the most urgent", async () => {
    const later = (run: string, priority: number) =>
      `{"_from_add": true, "owner": null, "priority": ${priority}, "reason": "look", "run_id": "${run}", "status": "pending"}\n`;
    const before = systemClock().getTime();
    session.write(file, later("run_1", 5) + later("run_2", 1) + later("run_3", 9));
    await session.readOnce();
    const found = new Map((await items()).map((item) => [item.runId, item]));
    expect(
      [...found.values()].sort((a, b) => b.priority - a.priority).map(({ runId, priority }) => [runId, priority]),
    ).toEqual([
      ["run_2", 4],
      ["run_1", 0],
      ["run_3", -4],
    ]);
    const { dueAt, slaMinutes } = found.get("run_1")!;
    expect(slaMinutes).toBe(30);
    expect(dueAt.getTime() - before).toBeGreaterThanOrEqual(30 * 60_000);
    // Read again, by another worker, from a file that grew: due when it was.
    session.append(file, later("run_1", 2));
    await session.readOnce();
    expect((await items()).find(({ runId }) => runId === "run_1")).toMatchObject({
      dueAt,
      recordCount: 2,
      priority: 3,
    });
    expect(await session.quarantined(file)).toEqual([]);
  });

  it("is stored at its instant, whatever zone the database would show it in", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const rows = await db()
      .$queryRaw`SELECT "dueAt" AT TIME ZONE 'America/New_York' = '2026-03-01 04:30:00.5' AS "right" FROM "Escalation"`;
    expect(rows).toEqual([{ right: true }]);
  });

  it("that is added to a claimed item changes its facts, not who has it; that alone is no event", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const [item] = await items();
    const { id: by } = await makePerson("operator");
    await db().escalation.update({
      where: { id: item!.id },
      data: { status: "claimed", claimedById: by, claimedAt: systemClock(), claimQuietAt: systemClock(), version: 2 },
    });
    session.append(file, record({ run_id: "run_1", priority: 7 }));
    await session.readOnce();
    expect(await items()).toMatchObject([
      { id: item!.id, status: "claimed", claimedById: by, priority: 7, recordCount: 2, version: 3 },
    ]);
    expect(await syncs()).toHaveLength(1);
  });

  it("that cannot be used opens nothing and stops nothing", async () => {
    session.write(
      file,
      record({ run_id: "run_1" }).replace("pending", "pen\u0000ding") + '{"run_id": 7}\n' + record({ run_id: "run_2" }),
    );
    await session.readOnce();
    expect(await items()).toMatchObject([{ runId: "run_2" }]);
    expect(await session.quarantined(file)).not.toEqual([]);
  });
});

describe("thegent's own resolve", () => {
  it("closes the item with its word and instant, on the rewrite in place", async () => {
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }));
    const ingest = session.follow();
    await ingest.settled();
    fs.writeFileSync(session.at(file), record({ run_id: "run_1", ...resolved }) + record({ run_id: "run_2" }));
    await ingest.settled();
    const [one, two] = await items();
    expect(one).toMatchObject({
      status: "resolved",
      closedIn: "thegent",
      thegentWord: "approved",
      closedById: null,
      closedAt: new Date("2026-03-01T10:00:00Z"),
      version: 2,
    });
    expect(two).toMatchObject({ status: "open", version: 1 });
    expect((await syncs()).at(-1)).toEqual({ closed: { count: 1, ids: [one!.id] } });
  });

  it("then a new denial of the run is a new item that names the old one", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    session.write(file, record({ run_id: "run_1", ...resolved }));
    await session.readOnce();
    session.append(file, record({ run_id: "run_1", blocked_at_utc: "2026-03-01T11:00:00+00:00" }));
    await session.readOnce();
    const [old, fresh] = await items();
    expect(fresh).toMatchObject({ status: "open", previousId: old!.id, recordCount: 1 });
  });

  it("is not what a vanished line means: its item stays open, lost, and is found again when the line is back", async () => {
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }));
    await session.readOnce();
    session.write(file, record({ run_id: "run_2" }));
    await session.readOnce();
    const [one, two] = await items();
    expect([one, two]).toMatchObject([
      { status: "open", lostAt: expect.any(Date) as Date, recordCount: 1, version: 2 },
      { status: "open", lostAt: null, version: 1 },
    ]);
    session.write(file, record({ run_id: "run_2" }) + record({ run_id: "run_1" }));
    await session.readOnce();
    expect(await items()).toMatchObject([
      { status: "open", lostAt: null, version: 3 },
      { status: "open", version: 1 },
    ]);
    expect((await syncs()).slice(1)).toEqual([
      { lost: { count: 1, ids: [one!.id] } },
      { found: { count: 1, ids: [one!.id] } },
    ]);
  });

  it("is not what an emptied file means either, and counts for a lost item when its line is back resolved", async () => {
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }));
    await session.readOnce();
    session.write(file, "");
    await session.readOnce();
    expect(await items()).toMatchObject([
      { status: "open", lostAt: expect.any(Date) as Date },
      { status: "open", lostAt: expect.any(Date) as Date },
    ]);
    session.write(file, record({ run_id: "run_1", ...resolved }));
    await session.readOnce();
    expect(await items()).toMatchObject([
      { status: "resolved", closedIn: "thegent", thegentWord: "approved", lostAt: null },
      { status: "open", lostAt: expect.any(Date) as Date },
    ]);
  });

  it("does not happen by the file's absence: what it says is unknown then, not nothing", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    fs.rmSync(session.at(file));
    await session.readOnce();
    expect(await items()).toMatchObject([{ status: "open" }]);
    expect((await session.file(file))!.goneAt).not.toBeNull();
  });
});

describe("an item decided here", () => {
  it("is not touched before its decision is taken up", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const [item] = await items();
    await resolveHere(item!.id, { status: "pending" });
    session.append(file, record({ run_id: "run_2" }));
    await session.readOnce();
    expect(await items()).toMatchObject([{ status: "resolved", closedIn: "cockpit" }, { runId: "run_2" }]);
  });

  it("and written by a worker that was killed before it could say so is written again, not asked for again, when thegent puts the record back", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const [item] = await items();
    const [olga, ctx] = [await makePerson("operator"), () => as(olga, minutes(5))];
    useSource(session.directory);
    await resolveEscalation(ctx(), {
      id: item!.id,
      version: item!.version,
      outcome: "unblocked",
      note: "Circuit closed again.",
      lateCause: "Nobody was there.",
    });
    const drainer = new Drainer({ quietMs: 20, graceMs: 100 });
    const resolve = (resolutions: Resolution[]) => resolveInQueueFile(session.at(file), resolutions, { drainer });
    const unused = () => Promise.reject(new Error("not asked for"));
    const by = { sourceId: session.sourceId, now: systemClock, requestId: randomUUID() };
    // Killed after the write: what it wrote is not known to whoever comes after it.
    await expect(
      takeUp({
        ...by,
        write: {
          add: unused,
          override: unused,
          endOverride: unused,
          resolve: (some) => resolve(some).then(() => unused()),
        },
      }),
    ).rejects.toThrow("not asked for");
    await takeUp({ ...by, write: { add: unused, override: unused, endOverride: unused, resolve } });
    await drainer.settled();
    expect(await db().effect.findFirstOrThrow()).toMatchObject({
      status: "applied",
      result: { closed: await identityKeys() },
    });
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    expect(await items()).toMatchObject([{ status: "resolved", closedIn: "cockpit" }]);
    expect(await db().effect.findFirstOrThrow()).toMatchObject({ status: "pending" });
  });

  it("while its record was lost is written when the record comes back, not asked for again", async () => {
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }));
    await session.readOnce();
    session.write(file, record({ run_id: "run_2" }));
    await session.readOnce();
    const [item] = await items();
    const olga = await makePerson("operator");
    useSource(session.directory);
    await resolveEscalation(as(olga, minutes(5)), {
      id: item!.id,
      version: item!.version,
      outcome: "unblocked",
      note: "Circuit closed again.",
      lateCause: "Nobody was there.",
    });
    const effect = await db().effect.findFirstOrThrow();
    await inTransaction((tx) =>
      markApplied(tx, grantSystem(operatingModel, "escalation.take-up", "The cockpit"), effect.id, [], systemClock()),
    );
    session.write(file, record({ run_id: "run_1" }) + record({ run_id: "run_2" }));
    await session.readOnce();
    expect(await items()).toMatchObject([{ status: "resolved", closedIn: "cockpit" }, { runId: "run_2" }]);
    expect(await db().effect.findFirstOrThrow()).toMatchObject({ status: "pending" });
  });

  it("is to be written again when thegent put the record back, even if no look fell in between", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const [item] = await items();
    const effect = await resolveHere(item!.id, { status: "applied", closed: await identityKeys() });
    session.replace(file, record({ run_id: "run_1" }));
    await session.readOnce();
    expect(await db().effect.findUnique({ where: { id: effect } })).toMatchObject({
      status: "pending",
      result: { closed: await identityKeys() },
    });
    expect(await items()).toHaveLength(1);
    expect((await syncs()).at(-1)).toEqual({ reapplied: { count: 1, ids: [item!.id] } });
    expect(await jobs()).toEqual([{ task: deliverTask(session.sourceId) }]);
  });

  it("is followed by a new item when the run is blocked again", async () => {
    session.write(file, record({ run_id: "run_1" }));
    await session.readOnce();
    const [item] = await items();
    await resolveHere(item!.id, { status: "applied", closed: await identityKeys() });
    session.replace(file, record({ run_id: "run_1", ...resolved }) + record({ run_id: "run_1", reason: "Again" }));
    await session.readOnce();
    expect(await items()).toMatchObject([
      { status: "resolved", closedIn: "cockpit" },
      { status: "open", reason: "Again", previousId: item!.id },
    ]);
    expect(await jobs()).toEqual([]);
  });
});

it("opens thousands of items on a first import and lists two hundred of each batch in its event", async () => {
  const total = rounds(2000, 10_000);
  const runs = Array.from({ length: total }, (_, n) => record({ run_id: `run_${n}`, reason: filler(80) }));
  session.write(file, runs.join(""));
  await session.readOnce();
  expect(await db().escalation.count({ where: { status: "open" } })).toBe(total);
  const opened = (await syncs()).map((after) => after.opened!);
  expect(opened.length).toBeGreaterThan(1);
  expect(opened.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  expect(opened.every(({ ids, count }) => ids.length === Math.min(200, count))).toBe(true);
});
