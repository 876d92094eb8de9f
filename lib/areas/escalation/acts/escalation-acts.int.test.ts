import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import { deliverTask } from "@/lib/kernel/effect/outbox";
import { findActor } from "@/lib/kernel/session/find-actor";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { claimEscalation } from "./claim";
import { findEscalationDetail } from "./read-escalation";
import { resolveEscalation } from "./resolve";
import { signOffBreach } from "./sign-off";

let people: Record<Role, PersonActor>;
let sourceId: string;
let id: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 20);
  people = await makePeople();
  sourceId = await makeSource();
});
beforeEach(async () => {
  id = await makeEscalation({ sourceId });
});

const fail = (because: string): never => {
  throw new Error(because);
};
const stored = () => db().escalation.findUniqueOrThrow({ where: { id } });
const events = async (): Promise<AuditEvent[]> =>
  (await db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
const resolution = (version = 1, change = {}) => ({
  id,
  version,
  outcome: "unblocked" as const,
  note: "Confidence raised.",
  lateCause: null,
  ...change,
});

describe("a breach", () => {
  it("stays until it is signed off, however the item ended, and is signed off once", async () => {
    await resolveEscalation(as(people.operator, minutes(31)), resolution(1, { lateCause: "The vendor was down." }));
    expect(await stored()).toMatchObject({
      status: "resolved",
      level: 1,
      escalatedAt: minutes(31),
      breachedAt: minutes(30),
      signedOffAt: null,
    });
    await signOffBreach(as(people.product_owner, minutes(40)), { id, version: 2, note: "Seen." });
    expect(await stored()).toMatchObject({
      status: "resolved",
      signedOffById: people.product_owner.id,
      signedOffAt: minutes(40),
      signOffNote: "Seen.",
    });
    await expect(signOffBreach(as(people.product_owner), { id, version: 3, note: "Again." })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("product_owner has signed"),
    });
  });
  it("that is none cannot be signed off", async () => {
    await expect(signOffBreach(as(people.product_owner), { id, version: 1, note: "Seen." })).rejects.toMatchObject({
      code: "REJECTED",
    });
  });
});

describe("a resolution", () => {
  it("commits item, effect, job and audit event together", async () => {
    await resolveEscalation(as(people.operator, minutes(5)), resolution());
    expect(await stored()).toMatchObject({
      status: "resolved",
      closedIn: "cockpit",
      closedById: people.operator.id,
      closedAt: minutes(5),
      outcome: "unblocked",
      note: "Confidence raised.",
      version: 2,
    });
    const { runId } = await stored();
    expect(await db().effect.findMany({ where: { subjectId: id } })).toMatchObject([
      {
        kind: "thegent.resolve",
        status: "pending",
        payload: { runId, word: "resolved", at: minutes(5).toISOString() },
      },
    ]);
    const { rows } = await pool().query(`SELECT task_identifier FROM graphile_worker.jobs WHERE key = $1`, [
      deliverTask(sourceId),
    ]);
    expect(rows).toEqual([{ task_identifier: deliverTask(sourceId) }]);
  });

  it("costs at most 12 statements, from the session's person to the item as it is afterwards", async () => {
    const statements: string[] = [];
    const original = pg.Client.prototype.query;
    const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
      this: pg.Client,
      ...args: unknown[]
    ) {
      const [query] = args as [string | { text: string }];
      statements.push(typeof query === "string" ? query : query.text);
      return (original as (...all: unknown[]) => unknown).apply(this, args);
    });
    const actor = await findActor(people.operator.id);
    await resolveEscalation(as(actor), resolution());
    const decision = decide(operatingModel, "escalation.view", actor);
    await findEscalationDetail(decision.allowed ? decision.grant : fail(decision.because), id, t0);
    spy.mockRestore();
    expect(statements.filter((text) => /AuditEvent/.test(text))).not.toEqual([]);
    expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(12);
  });

  it("past its SLA asks for the cause, and keeps it", async () => {
    await expect(resolveEscalation(as(people.operator, minutes(31)), resolution())).rejects.toMatchObject({
      code: "REJECTED",
      fields: { lateCause: expect.stringContaining("past its SLA") },
    });
    await resolveEscalation(as(people.operator, minutes(31)), resolution(1, { lateCause: "The vendor was down." }));
    expect(await stored()).toMatchObject({ status: "resolved", lateCause: "The vendor was down." });
  });

  it("of what a colleague claimed is refused, and says whose it is", async () => {
    await claimEscalation(as(people.product_owner), { id, version: 1 });
    await expect(resolveEscalation(as(people.operator), resolution(2))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("product_owner works on this item"),
    });
  });

  it("of what changed since the page was drawn is refused, and says who was first", async () => {
    await claimEscalation(as(people.operator), { id, version: 1 });
    await expect(resolveEscalation(as(people.operator), resolution(1))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("changed by operator"),
    });
    expect((await stored()).status).toBe("claimed");
  });

  it("sent twice happens once", async () => {
    await resolveEscalation(as(people.operator), resolution());
    await expect(resolveEscalation(as(people.operator), resolution())).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("already resolved, by operator"),
    });
    expect(await db().effect.count({ where: { subjectId: id } })).toBe(1);
  });

  it("by twenty people at once has one winner, and nineteen are told", async () => {
    const crowd = await Promise.all(Array.from({ length: 20 }, () => makePerson("operator")));
    const results = await Promise.allSettled(crowd.map((actor) => resolveEscalation(as(actor), resolution())));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refusals = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as { code: string }] : [],
    );
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(["CONFLICT"]));
    expect(await db().effect.count({ where: { subjectId: id } })).toBe(1);
    expect((await events()).filter(({ outcome }) => outcome === "done")).toHaveLength(1);
  });
});

it("a race of claim and resolve over many items leaves each with one story, and the chain whole", async () => {
  const items = await Promise.all(Array.from({ length: 30 }, () => makeEscalation({ sourceId })));
  const [olga, omar] = [await makePerson("operator"), await makePerson("operator")];
  await Promise.allSettled(
    items.flatMap((item) => [
      claimEscalation(as(olga), { id: item, version: 1 }),
      resolveEscalation(as(omar), { ...resolution(), id: item }),
    ]),
  );
  for (const item of items) {
    const row = await db().escalation.findUniqueOrThrow({ where: { id: item } });
    expect([
      ["claimed", olga.id, null],
      ["resolved", null, omar.id],
    ]).toContainEqual([row.status, row.claimedById, row.closedById]);
    expect(row.version).toBe(2);
  }
  expect((await verifyChain()).status).toBe("passed");
});

it("stores instants as they are, whatever zone the server of the database is in", async () => {
  const { rows } = await pool().query(
    `SELECT to_char("dueAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS due FROM "Escalation" WHERE id = $1`,
    [id],
  );
  expect(rows).toEqual([{ due: new Date(t0.getTime() + 1_800_000).toISOString() }]);
});
