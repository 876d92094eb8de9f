import { v7 as uuidv7 } from "uuid";
import { beforeAll, expect, it } from "vitest";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { ask } from "@/lib/testing/override-acts";
import { as, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { adviseOverride } from "./advise";
import { passTimeOfOverrides } from "./pass-time";

let sourceId: string;
let [operator, security, owner]: [PersonActor, PersonActor, PersonActor] = [null!, null!, null!];

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  sourceId = await makeSource();
  operator = await makePerson("operator");
  security = await makePerson("security");
  owner = await makePerson("product_owner");
});

const heardOf = async (subjectId: string) =>
  (await db().notice.findMany({ where: { subjectId, personId: owner.id } })).map(({ step }) => step);
const didTo = async (subjectId: string) =>
  (await db().auditEvent.findMany({ where: { subjectId, action: "override.pass-time" } })).map(
    ({ body }) => ((JSON.parse(body) as AuditEvent).after as { did: string }).did,
  );

it("advice that comes after the deadline, before the clock looked, tells who decides that it passed, and the clock does not again", async () => {
  const id = await ask(as(operator), { owner: "owner:late" });
  const { version, decideBy } = await db().override.findUniqueOrThrow({ where: { id } });
  const late = new Date(decideBy.getTime() + 60_000);
  await adviseOverride(as(security, late), { id, version, inFavour: "against", text: "It hides a real fault." });
  expect([await heardOf(id), await didTo(id)]).toEqual([
    expect.arrayContaining(["override-requested", "override-overdue"]),
    ["overdue"],
  ]);
  await passTimeOfOverrides({ sourceId, now: () => new Date(late.getTime() + 60_000), requestId: uuidv7() });
  expect(await didTo(id)).toEqual(["overdue"]);
});

it("hundreds that run out at one instant are each called once, by however many clocks, in batches", async () => {
  const asked = await db().override.findUniqueOrThrow({ where: { id: await ask(as(operator), { owner: "owner:0" }) } });
  const many = Array.from({ length: 450 }, (_, n) => ({
    ...asked,
    content: undefined,
    id: uuidv7(),
    owner: `owner:${n + 1}`,
  }));
  await db().override.createMany({ data: many });
  const ids = [asked, ...many].map(({ id }) => id);
  const passed = minutes(100_000);
  const pass = () => passTimeOfOverrides({ sourceId, now: () => passed, requestId: uuidv7() });
  const [one, two] = await Promise.all([pass(), pass()]);
  expect(one + two).toBe(ids.length);
  const told = await db().notice.groupBy({
    by: ["subjectId"],
    where: { step: "override-overdue", personId: owner.id, subjectId: { in: ids } },
    _count: true,
  });
  expect([told.length, told.every(({ _count }) => _count === 1)]).toEqual([ids.length, true]);
  const events = await db().auditEvent.count({ where: { action: "override.pass-time", subjectId: { in: ids } } });
  expect(events).toBe(ids.length);
});
