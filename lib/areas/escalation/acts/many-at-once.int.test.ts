import pg from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { actOnMany } from "./act-on-many";
import { claimEscalation } from "./claim";
import { resolveEscalation } from "./resolve";

let people: Record<Role, PersonActor>;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 20);
  people = await makePeople();
  sourceId = await makeSource();
});

const make = (count: number, change: Partial<Parameters<typeof makeEscalation>[0]> = {}) =>
  Promise.all(Array.from({ length: count }, () => makeEscalation({ sourceId, ...change })));
const at1 = (ids: readonly string[]) => ids.map((id) => ({ id, version: 1 }));
const status = async (id: string) => (await db().escalation.findUniqueOrThrow({ where: { id } })).status;
const resolve = {
  act: "resolve" as const,
  outcome: "unblocked" as const,
  note: "The budget was raised.",
  lateCause: null,
};

describe("one act on many items", () => {
  it("has an outcome of its own for each: done, claimed by a colleague, closed, changed, late, not there, not theirs", async () => {
    const omar = await makePerson("operator");
    const [free, held, closed, changed] = await make(4);
    const [late] = await make(1, { dueAt: minutes(-5), blockedAt: minutes(-35) });
    const [integrity] = await make(1, { path: "integrity" });
    const missing = "019a0000-0000-7000-8000-000000000000";
    await claimEscalation(as(omar), { id: held!, version: 1 });
    await resolveEscalation(as(omar), { id: closed!, version: 1, outcome: "rejected", note: "No.", lateCause: null });
    await db().escalation.update({ where: { id: changed! }, data: { version: 5 } });
    const outcomes = await actOnMany(as(people.operator), {
      ...resolve,
      targets: [
        ...at1([free!]),
        { id: held!, version: 2 },
        { id: closed!, version: 2 },
        ...at1([changed!, late!, integrity!, missing]),
      ],
    });
    expect(outcomes.map(({ id, ok, code }) => [id, ok, code])).toEqual([
      [free, true, null],
      [held, false, "CONFLICT"],
      [closed, false, "CONFLICT"],
      [changed, false, "CONFLICT"],
      [late, false, "REJECTED"],
      [integrity, false, "FORBIDDEN"],
      [missing, false, "NOT_FOUND"],
    ]);
    expect(outcomes[0]!.message).toBe("Resolved.");
    expect(outcomes[1]!.message).toContain("operator works on this item");
    expect(outcomes[2]!.message).toContain("already resolved, by operator");
    expect(outcomes[4]!.message).toContain("say what caused the lateness");
    expect(await Promise.all([free!, held!, late!, integrity!].map(status))).toEqual([
      "resolved",
      "claimed",
      "open",
      "open",
    ]);
  });

  it("takes as many statements for two hundred items as for ten", async () => {
    const count = async (ids: string[]) => {
      let statements = 0;
      const original = pg.Client.prototype.query;
      const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
        this: pg.Client,
        ...args: unknown[]
      ) {
        statements += 1;
        return (original as (...all: unknown[]) => unknown).apply(this, args);
      });
      const outcomes = await actOnMany(as(people.operator), { ...resolve, targets: at1(ids) });
      spy.mockRestore();
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      return statements;
    };
    expect(await count(await make(200))).toBe(await count(await make(10)));
    expect((await verifyChain()).status).toBe("passed");
  });

  it("claims and assigns; the colleague who is given them is told once an item", async () => {
    const ids = await make(3);
    expect(
      (await actOnMany(as(people.operator), { act: "claim", targets: at1(ids) })).map(({ message }) => message),
    ).toEqual(["Claimed.", "Claimed.", "Claimed."]);
    const olga = await makePerson("operator");
    await actOnMany(as(people.operator), {
      act: "assign",
      toId: olga.id,
      targets: ids.map((id) => ({ id, version: 2 })),
    });
    expect(
      await db().notice.findMany({
        where: { personId: olga.id },
        select: { step: true, kind: true, role: true, letter: true },
      }),
    ).toEqual(ids.map(() => ({ step: "assigned", kind: "action", role: "operator", letter: "R" })));
    expect(await db().escalation.count({ where: { id: { in: ids }, claimedById: olga.id } })).toBe(3);
  });

  it("is refused as a whole to nobody and to whom none of it is allowed, each item in the chain; a mix is answered item by item", async () => {
    const denials = await make(2);
    const [integrity] = await make(1, { path: "integrity" });
    const refusals = () =>
      db().auditEvent.count({ where: { subjectId: { in: [...denials, integrity!] }, outcome: "refused" } });
    const claim = (actor: PersonActor | null, ids: string[]) =>
      actOnMany(as(actor), { act: "claim", targets: at1(ids) });
    await expect(claim(null, denials)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(claim(people.security, denials)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("Product Owner or Operator can do this"),
    });
    expect(await refusals()).toBe(4);
    expect((await claim(people.security, [...denials, integrity!])).map(({ code }) => code)).toEqual([
      "FORBIDDEN",
      "FORBIDDEN",
      null,
    ]);
    expect(await refusals()).toBe(6);
  });

  it("refuses to give items to somebody who could not work on them, or who is not there", async () => {
    const [id] = await make(1);
    const [given] = await actOnMany(as(people.operator), {
      act: "assign",
      toId: people.stakeholder.id,
      targets: at1([id!]),
    });
    expect(given).toMatchObject({
      ok: false,
      code: "REJECTED",
      message: "stakeholder holds no role that works on such an item.",
    });
    await expect(
      actOnMany(as(people.operator), {
        act: "assign",
        toId: "019a0000-0000-7000-8000-000000000000",
        targets: at1([id!]),
      }),
    ).rejects.toMatchObject({ code: "INVALID" });
    expect(await status(id!)).toBe("open");
  });

  it("by two people at the same items at once leaves each item to one of them, and tells the other who", async () => {
    const ids = await make(40);
    const [olga, omar] = [await makePerson("operator"), await makePerson("operator")];
    const [hers, his] = await Promise.all([
      actOnMany(as(olga), { act: "claim", targets: at1(ids) }),
      actOnMany(as(omar), { act: "claim", targets: at1(ids.toReversed()) }),
    ]);
    const won = new Set([...hers, ...his].filter(({ ok }) => ok).map(({ id }) => id));
    expect(won.size).toBe(40);
    expect([...hers, ...his].filter(({ ok }) => ok)).toHaveLength(40);
    expect(
      [...hers, ...his]
        .filter(({ ok }) => !ok)
        .every(({ code, message }) => code === "CONFLICT" && message.includes("operator")),
    ).toBe(true);
  });

  it("of the same item named twice happens once", async () => {
    const [id] = await make(1);
    expect(await actOnMany(as(people.operator), { act: "claim", targets: at1([id!, id!]) })).toHaveLength(1);
  });
});
