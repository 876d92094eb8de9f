import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { roles } from "@/lib/model/roles";
import { as, makePeople, makePerson, minutes, t0 } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { settleFinding } from "./settle-finding";

let session: Session;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
});
afterEach(() => session.close());

const registry = "override_registry.jsonl";
const runs = "run_registry.jsonl";
const python = (at: Date) => at.toISOString().replace("Z", "000+00:00");
const override = (change: Record<string, unknown> = {}) =>
  `${JSON.stringify({ owner: "ana:shop", reason: "CHG-7", timestamp: python(t0), expires_at_utc: python(minutes(120)), ...change })}\n`;
const start = (runId: string, at: Date, change: Record<string, unknown> = {}) =>
  `${JSON.stringify({ run_id: runId, agent: "claude", owner: "ana:shop", started_at_utc: python(at), status: "started", policy_result: "allow", policy_reason: "Overridden (cached): Trust score too low", ...change })}\n`;
const findings = async () =>
  (await db().finding.findMany({ orderBy: [{ kind: "asc" }, { at: "asc" }, { subject: "asc" }] })).map(
    ({ kind, subject, owner, reason, expiresAt }) => ({
      kind,
      owner,
      reason,
      of: kind === "unbacked_run" ? subject : expiresAt,
    }),
  );

/** One of the cockpit's own, approved at t0 for two hours, "CHG-7", unless said otherwise. */
async function approved(change: { owner?: string; justification?: string; endedAt?: Date } = {}): Promise<void> {
  const [{ id: olga }, { id: pia }] = [await makePerson("operator"), await makePerson("product_owner")];
  const { owner = "ana:shop", justification = "CHG-7", endedAt } = change;
  await db().override.create({
    data: {
      id: uuidv7(),
      sourceId: session.sourceId,
      owner,
      justification,
      status: endedAt ? "revoked" : "active",
      requestedById: olga,
      requestedAt: t0,
      requestedSeconds: 7200,
      decideBy: minutes(30),
      consultUntil: minutes(15),
      warnMinutes: 10,
      decidedById: pia,
      decidedAt: t0,
      decisionNote: "Fine.",
      approvedSeconds: 7200,
      expiresAt: minutes(120),
      contentHash: "a".repeat(64),
      ...(endedAt && { endedAt, endedById: pia, endReason: "Gone." }),
    },
  });
}

it("what an earlier version had read is found after the upgrade, and is recorded once all the same", async () => {
  session.write(registry, override());
  session.write(runs, start("run_1", minutes(-5)));
  await session.readOnce();
  const [found, records] = [await findings(), await db().sourceRecord.count()];
  expect(found.map(({ kind }) => kind)).toEqual(["outside_override", "unbacked_run"]);
  await db().finding.deleteMany();
  await session.readOnce();
  expect(await findings()).toEqual([]);
  await db().$executeRawUnsafe(
    fs.readFileSync("prisma/migrations/20261122230000_findings_of_lines_read_before/migration.sql", "utf8"),
  );
  await session.readOnce();
  expect(await findings()).toEqual(found);
  expect(await db().sourceRecord.count({ where: { goneAt: null } })).toBe(records);
});

describe("an override that was made in thegent itself", () => {
  it("is found; the cockpit's own is not, nor when the cockpit ended it in place", async () => {
    await approved();
    session.write(
      registry,
      override() + override({ owner: "ben:till", reason: "hotfix" }) + override({ timestamp: python(minutes(1)) }),
    );
    await session.readOnce();
    const expected = [
      { kind: "outside_override", owner: "ben:till", reason: "hotfix", of: minutes(120) },
      { kind: "outside_override", owner: "ana:shop", reason: "CHG-7", of: minutes(120) },
    ];
    expect(await findings()).toEqual(expected);
    await db().override.updateMany({
      data: {
        status: "revoked",
        endedAt: minutes(60),
        endedById: (await makePerson("operator")).id,
        endReason: "Gone.",
      },
    });
    session.replace(
      registry,
      override({ expires_at_utc: python(minutes(60)) }) +
        override({ owner: "ben:till", reason: "hotfix" }) +
        override({ timestamp: python(minutes(1)) }),
    );
    await session.readOnce();
    expect(await findings()).toEqual(expected);
  });

  it("keeps its row when it is read again, and its end follows the file: later, earlier, gone, back", async () => {
    const far = (year: number) => new Date(`${year}-01-01T00:00:00.000Z`);
    const until = (year: number) => override({ expires_at_utc: python(far(year)) });
    session.write(registry, until(2090));
    await session.readOnce();
    const [first] = await db().finding.findMany();
    const ends = async () => (await db().finding.findMany()).map(({ id, expiresAt }) => [id, expiresAt]);
    session.append(registry, until(2091));
    await session.readOnce();
    expect(await ends()).toEqual([[first!.id, far(2091)]]);
    session.append(registry, until(2089));
    await session.readOnce();
    expect(await ends()).toEqual([[first!.id, far(2091)]]);
    session.replace(registry, until(2088));
    await session.readOnce();
    expect(await ends()).toEqual([[first!.id, far(2088)]]);
    session.replace(registry, override({ owner: "somebody:else" }));
    await session.readOnce();
    const gone = await db().finding.findUniqueOrThrow({ where: { id: first!.id } });
    expect(gone.expiresAt!.getTime()).toBeLessThan(far(2088).getTime());
    session.replace(registry, override({ owner: "somebody:else" }) + until(2088));
    await session.readOnce();
    expect((await db().finding.findUniqueOrThrow({ where: { id: first!.id } })).expiresAt).toEqual(far(2088));
    expect(await db().finding.count()).toBe(2);
  });

  it("is found in a record that says a later end than was approved", async () => {
    await approved();
    session.write(registry, override({ expires_at_utc: python(minutes(121)) }));
    await session.readOnce();
    expect(await findings()).toEqual([
      { kind: "outside_override", owner: "ana:shop", reason: "CHG-7", of: minutes(121) },
    ]);
  });

  it("is found whatever text it is made of, and stops no other line", async () => {
    const hostile = [
      "\u0000",
      "\ud800",
      '\'; DROP TABLE "Finding"; --',
      '\u2028 \u0085 "quoted"',
      "李雷:数据管道 🔓",
      "__proto__",
      "x".repeat(50_000),
    ];
    session.write(
      registry,
      hostile.map((text) => override({ owner: text, reason: text, [text]: text })).join("") +
        override({ reason: 7 }) +
        override({ reason: null }) +
        '{"owner": "half\n' +
        override({ timestamp: "yesterday" }),
    );
    await session.readOnce();
    const found = await findings();
    expect(found).toHaveLength(hostile.length + 3);
    expect(found.map(({ owner }) => owner)).toEqual(
      expect.arrayContaining([
        "⟨U+0000⟩",
        "⟨U+D800⟩",
        hostile[2],
        hostile[3],
        hostile[4],
        "__proto__",
        hostile[6],
        "ana:shop",
      ]),
    );
  });
});

describe("a run that went on as overridden", () => {
  it("is found when no override of the cockpit's was in force at its start, once, however many records it has", async () => {
    await approved({ endedAt: minutes(60) });
    session.write(
      runs,
      [
        start("before", new Date(t0.getTime() - 1)),
        start("first", t0),
        start("last", new Date(minutes(60).getTime() - 1)),
        start("revoked", minutes(60)),
        start("twice", minutes(70)),
        start("twice", minutes(71)),
        start("other", minutes(5), { owner: "ben:till" }),
        start("allowed", minutes(80), { policy_reason: "All policies passed." }),
        start("later", minutes(300), { policy_reason: "Overridden: CHG-9" }),
        start("no-time", minutes(5), { started_at_utc: "soon" }),
        start("no-owner", minutes(5), { owner: null }),
        start("finish", minutes(300), { event: "finish" }),
      ].join(""),
    );
    await session.readOnce();
    expect((await findings()).map(({ of }) => of).sort()).toEqual([
      "before",
      "later",
      "no-owner",
      "no-time",
      "other",
      "revoked",
      "twice",
    ]);
    session.append(
      runs,
      start("twice", minutes(72)) + start("escaped", minutes(90)).replace("Overridden", "\\u004fverridden"),
    );
    await session.readOnce();
    session.replace(runs, start("twice", minutes(72)) + start("anew", minutes(90)));
    await session.readOnce();
    expect((await findings()).map(({ of }) => of).sort()).toEqual([
      "anew",
      "before",
      "escaped",
      "later",
      "no-owner",
      "no-time",
      "other",
      "revoked",
      "twice",
    ]);
    expect((await verifyChain()).status).toBe("passed");
  });
});

it("the sample holds nine overrides and eleven runs that nobody here decided; each is found once, however often it is read, and nobody is sent a notice", async () => {
  const sample = path.resolve("samples/session");
  for (const name of [registry, runs, "escalation_queue.jsonl"])
    fs.copyFileSync(path.join(sample, name), session.at(name));
  await makePeople();
  await session.readOnce();
  const found = await db().finding.findMany({ orderBy: [{ at: "asc" }, { kind: "asc" }] });
  expect(
    found
      .filter(({ kind }) => kind === "outside_override")
      .map(({ owner, at, expiresAt }) => `${owner} ${at.toISOString()} ${expiresAt!.toISOString()}`),
  ).toEqual([
    "night-shift:billing 2026-02-10T13:04:20.228Z 2026-02-10T13:05:20.228Z",
    "李雷:数据管道 2026-02-10T15:10:00.463Z 2026-02-11T15:10:00.463Z",
    "josé:catálogo 2026-02-10T17:03:15.635Z 2026-02-10T18:03:15.635Z",
    "李雷:数据管道 2026-02-10T20:20:00.712Z 2026-02-10T20:35:00.712Z",
    "maya:payments-api 2026-02-10T20:28:55.652Z 2026-02-10T20:43:55.652Z",
    "kp:thegent 2026-02-10T20:31:59.620Z 2026-02-11T20:31:59.620Z",
    "maya:payments-api 2026-02-10T20:39:25.484Z 2026-02-10T20:40:25.484Z",
    "maya:payments-api 2026-02-11T07:50:51.000Z 2026-02-11T07:51:51.000Z",
    "李雷:数据管道 2026-02-11T08:01:16.000Z 2026-02-12T08:01:16.000Z",
  ]);
  expect(found.filter(({ kind }) => kind === "unbacked_run").map(({ subject }) => subject)).toEqual([
    "run_cbdbb491",
    "run_4e154375",
    "run_044e14ba",
    "run_a2e75903",
    "run_70475860",
    "run_e471a9f3",
    "run_382538b9",
    "run_19d38c57",
    "run_b479faf5",
    "run_b4173074",
    "run_c0e50e2b",
  ]);
  expect(await db().notice.count({ where: { subject: { kind: "override" } } })).toBe(0);
  for (const name of [registry, runs]) session.replace(name, `\n${fs.readFileSync(path.join(sample, name), "utf8")}`);
  await session.readOnce();
  expect((await db().finding.findMany({ orderBy: [{ at: "asc" }, { kind: "asc" }] })).map(({ id }) => id)).toEqual(
    found.map(({ id }) => id),
  );
});

describe("looking at a finding", () => {
  const note = "The night shift did this; talked to them.";

  it("is the Product Owner's, once, with a note, and recorded; every other role is refused, and that is recorded", async () => {
    session.write(registry, override());
    await session.readOnce();
    const people = await makePeople();
    const { id } = await db().finding.findFirstOrThrow();
    const events = async () =>
      (await db().auditEvent.findMany({ where: { action: "finding.settle" }, orderBy: { seq: "asc" } })).map(
        ({ body }) => JSON.parse(body) as AuditEvent,
      );
    const others = roles.filter((role) => role !== "product_owner");
    for (const role of others)
      await expect(settleFinding(as(people[role], minutes(5)), { id, note })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    await expect(settleFinding(as(null), { id, note })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect((await events()).map(({ outcome, subject }) => [outcome, subject.id])).toEqual(
      Array.from({ length: 5 }, () => ["refused", id]),
    );
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => settleFinding(as(people.product_owner, minutes(6)), { id, note })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ code: "CONFLICT", message: "product_owner has looked at this already." });
    expect(await db().finding.findUniqueOrThrow({ where: { id } })).toMatchObject({
      seenById: people.product_owner.id,
      seenAt: minutes(6),
      seenNote: note,
    });
    expect((await events()).filter(({ outcome }) => outcome === "done")).toMatchObject([
      { role: "product_owner", letter: "A", after: { kind: "outside_override", owner: "ana:shop", note } },
    ]);
    await expect(settleFinding(as(people.product_owner), { id: uuidv7(), note })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
