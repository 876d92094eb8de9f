import { beforeAll, expect, it } from "vitest";
import { db, pool, useDatabase } from "@/lib/data/client";
import { freshDatabase } from "@/lib/testing/database";
import { as, makePeople, makeSource, minutes } from "@/lib/testing/scenarios";
import { openEscalation } from "./open-escalation";
import { verifyAndRaise } from "./verify-and-raise";

let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 5);
  sourceId = await makeSource();
});

const verify = (at: Date) => verifyAndRaise({ now: at, requestId: "r1" });
const raised = async () =>
  (await db().escalation.findMany({ where: { sourceId, subject: "the cockpit's audit chain" }, orderBy: { path: "asc" } })).map(({ path, severity, level, dueClock, routedRole }) => ({ path, severity, level, dueClock, routedRole }));

it("a verification that passes opens nothing; one that fails reaches Security at T0 and everybody of P1, once while it is open", async () => {
  const people = await makePeople();
  await openEscalation(as(people.operator), { path: "policy_denial", subject: "run_1", reason: "By hand", owner: null, lane: "standard", slaMinutes: 30 });
  expect((await verify(minutes(1))).status).toBe("passed");
  expect(await raised()).toEqual([]);

  await pool().query(`ALTER TABLE "AuditEvent" DISABLE TRIGGER USER`);
  await pool().query(`UPDATE "AuditEvent" SET "body" = replace("body", 'By hand', 'By foot') WHERE "seq" = 1`);
  await pool().query(`ALTER TABLE "AuditEvent" ENABLE TRIGGER USER`);
  expect(await verify(minutes(2))).toMatchObject({ status: "failed", findings: [{ kind: "edited", seq: "1" }] });
  await verify(minutes(3));
  expect(await raised()).toEqual([
    { path: "integrity", severity: "P1", level: 1, dueClock: "root cause", routedRole: "security" },
    { path: "incident", severity: "P1", level: 1, dueClock: "first response", routedRole: "operator" },
  ]);
  const told = await db().notice.findMany({ where: { step: "raised-1", escalation: { sourceId } }, include: { person: true, escalation: true } });
  expect(told.map(({ escalation, person, kind, letter }) => `${escalation!.path} ${person.name} ${kind} ${letter}`).sort()).toEqual([
    "incident product_owner action A",
    "incident security informed I",
    "incident tech_lead action R",
    "integrity security action R",
  ]);
});
