/** Every item and every override is a subject; what is kept of it there is what its own row says, whoever wrote that, and however. */
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { approve, ask, revoke } from "@/lib/testing/override-acts";
import { as, makeEscalation, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { unlikeTheirRows } from "./subjects";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { db, useDatabase } from "@/lib/kernel/db/client";

let olga: PersonActor;
let paula: PersonActor;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 4);
  olga = await makePerson("operator");
  paula = await makePerson("product_owner");
});
beforeEach(async () => {
  sourceId = await makeSource();
});

const subject = (id: string) => db().subject.findUnique({ where: { id } });

it("an item that is opened and claimed", async () => {
  const id = await makeEscalation({
    sourceId,
    path: "incident",
    reason: "Slow",
    owner: "ana:shop",
    dueAt: minutes(30),
  });
  expect(await subject(id)).toMatchObject({
    sourceId,
    kind: "escalation",
    variant: "incident",
    reason: "Slow",
    owner: "ana:shop",
    state: "open",
    dueAt: minutes(30),
    version: 1,
  });
  await claimEscalation(as(olga), { id, version: 1 });
  expect(await subject(id)).toMatchObject({ state: "claimed", version: 2 });
  expect(await unlikeTheirRows()).toEqual([]);
});

it("an override that is asked for, approved and revoked: due for its decision first, then for its end", async () => {
  const id = await ask(as(olga));
  expect(await subject(id)).toMatchObject({ kind: "override", variant: null, state: "requested", dueWhat: "decision" });
  await approve(as(paula, minutes(1)), id);
  expect(await subject(id)).toMatchObject({ state: "approved", dueWhat: "end" });
  await revoke(as(paula, minutes(2)), id);
  expect(await subject(id)).toMatchObject({ state: "revoked", nextAt: null });
  expect(await unlikeTheirRows()).toEqual([]);
});

it("many that one statement changes, one that a statement did not insert, and one whose row is deleted", async () => {
  const ids = [
    await makeEscalation({ sourceId }),
    await makeEscalation({ sourceId }),
    await makeEscalation({ sourceId }),
  ];
  await db()
    .$executeRaw`UPDATE "Escalation" SET "owner" = NULL, "ownerShown" = 'shown', "version" = "version" + 1 WHERE "sourceId" = ${sourceId}::uuid`;
  expect(await db().subject.findMany({ where: { id: { in: ids } }, select: { owner: true, version: true } })).toEqual(
    ids.map(() => ({ owner: "shown", version: 2 })),
  );
  const again = await db().escalation.findUniqueOrThrow({ where: { id: ids[0]! } });
  const twin = { ...again, clocks: again.clocks as object, id: "01900000-0000-7000-8000-000000000001" };
  expect(await db().escalation.createMany({ data: [twin], skipDuplicates: true })).toEqual({ count: 0 });
  await db().escalation.delete({ where: { id: ids[1]! } });
  expect(await subject(ids[1]!)).toBeNull();
  expect(await unlikeTheirRows()).toEqual([]);
});

it("all of a source that is gone", async () => {
  await makeEscalation({ sourceId });
  await db().source.delete({ where: { id: sourceId } });
  expect(await db().subject.count({ where: { sourceId } })).toBe(0);
  expect(await unlikeTheirRows()).toEqual([]);
});

it("is not made by hand, of nothing", async () => {
  const id = await makeEscalation({ sourceId });
  await expect(db().$executeRaw`DELETE FROM "Subject" WHERE "id" = ${id}::uuid`).resolves.toBe(1);
  // What is told of went with it, and so did its row: neither is without the other.
  expect(await db().escalation.count({ where: { id } })).toBe(0);
});
