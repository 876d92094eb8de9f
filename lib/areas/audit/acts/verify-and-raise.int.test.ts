import { beforeAll, expect, it } from "vitest";
import { openEscalation } from "@/lib/areas/escalation/acts/open";
import { setRoles } from "@/lib/areas/person/acts/access";
import { addPerson } from "@/lib/areas/person/acts/add";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import { findActor } from "@/lib/kernel/session/find-actor";
import type { PersonActor } from "@/lib/model/decide";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeSource, minutes } from "@/lib/testing/scenarios";
import { verifyAndRaise } from "./verify-and-raise";

let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 5);
  sourceId = await makeSource();
});

/** One person a role, named after it, as the command line adds them. */
async function addPeople(): Promise<Record<Role, PersonActor>> {
  const when = { now: minutes(0), requestId: "r0" };
  const added = roles.map(
    async (role) =>
      [
        role,
        await findActor(
          await addPerson(when, {
            email: `${role}@example.com`,
            name: role,
            password: "of a role's own",
            roles: [role],
          }),
        ),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(added)) as Record<Role, PersonActor>;
}

const verify = (at: Date) => verifyAndRaise({ now: at, requestId: "r1" });
const raised = async () =>
  (
    await db().escalation.findMany({
      where: { sourceId, subject: "the cockpit's audit chain" },
      orderBy: { path: "asc" },
    })
  ).map(({ path, severity, level, dueClock, routedRole }) => ({ path, severity, level, dueClock, routedRole }));

it("a verification that passes opens nothing; one that fails reaches Security at T0 and everybody of P1, once while it is open", async () => {
  const people = await addPeople();
  await openEscalation(as(people.operator), {
    path: "policy_denial",
    subject: "run_1",
    reason: "By hand",
    owner: null,
    lane: "standard",
    slaMinutes: 30,
  });
  expect((await verify(minutes(1))).status).toBe("passed");
  expect(await raised()).toEqual([]);

  await pool().query(`ALTER TABLE "AuditEvent" DISABLE TRIGGER USER`);
  await pool().query(
    `UPDATE "AuditEvent" SET "body" = replace("body", 'By hand', 'By foot') WHERE "action" = 'escalation.open'`,
  );
  await pool().query(`ALTER TABLE "AuditEvent" ENABLE TRIGGER USER`);
  expect(await verify(minutes(2))).toMatchObject({ status: "failed", findings: [{ kind: "edited" }] });
  await verify(minutes(3));
  expect(await raised()).toEqual([
    { path: "integrity", severity: "P1", level: 1, dueClock: "root cause", routedRole: "security" },
    { path: "incident", severity: "P1", level: 1, dueClock: "first response", routedRole: "operator" },
  ]);
  const told = await db().notice.findMany({
    where: { step: "raised-1", subject: { sourceId } },
    include: { person: true, subject: true },
  });
  expect(
    told.map(({ subject, person, kind, letter }) => `${subject.variant} ${person.name} ${kind} ${letter}`).sort(),
  ).toEqual([
    "incident product_owner action A",
    "incident security informed I",
    "incident tech_lead action R",
    "integrity security action R",
  ]);
});

it("a role that no event gave, and one that an event gave and is gone, are found, until they are as the events say", async () => {
  await useDatabase(await freshDatabase(), 5);
  sourceId = await makeSource();
  const { operator } = await addPeople();
  await setRoles({ now: minutes(1), requestId: "r1" }, "stakeholder@example.com", ["stakeholder", "security"]);
  expect((await verify(minutes(2))).status).toBe("passed");
  await db().roleHolding.create({ data: { personId: operator.id, role: "product_owner", grantedAt: minutes(3) } });
  await db().roleHolding.deleteMany({ where: { role: "security", person: { email: "stakeholder@example.com" } } });
  const { status, findings } = await verify(minutes(4));
  expect([status, findings.map(({ kind, says }) => `${kind}: ${says.replace(/\(.*?\)/, "(id)")}`).sort()]).toEqual([
    "failed",
    [
      "role: operator (id) holds product_owner in the database, which no event gave.",
      "role: stakeholder (id) does not hold security in the database, which event 6 gave and none took away.",
    ],
  ]);
  expect(await raised()).toHaveLength(2);
  await db().roleHolding.deleteMany({ where: { personId: operator.id, role: "product_owner" } });
  await setRoles({ now: minutes(5), requestId: "r1" }, "stakeholder@example.com", ["stakeholder"]);
  expect((await verify(minutes(6))).status).toBe("passed");
});

it("a chain that was emptied together with its head is called out beside a full database, and not in an empty one", async () => {
  await useDatabase(await freshDatabase(), 5);
  expect((await verify(minutes(1))).status).toBe("passed");
  await addPeople();
  await pool()
    .query(`ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL; ALTER TABLE "AuditHead" DISABLE TRIGGER ALL; DELETE FROM "AuditEvent"; UPDATE "AuditHead" SET "seq" = 0, "hash" = repeat('0', 64), "frontier" = '';
    ALTER TABLE "AuditEvent" ENABLE TRIGGER ALL; ALTER TABLE "AuditHead" ENABLE TRIGGER ALL`);
  expect(await verify(minutes(2))).toMatchObject({
    status: "failed",
    events: 0,
    findings: [{ kind: "emptied", says: expect.stringContaining("people (5)") }],
  });
});
