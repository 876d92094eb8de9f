import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { dutyView } from "@/lib/areas/duty/read/view";
import { setRoles } from "@/lib/areas/person/acts/access";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { listRoster } from "@/lib/kernel/notice/notices";
import { route } from "@/lib/kernel/notice/roster";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { as, makePerson, minutes, t0 } from "@/lib/testing/scenarios";
import { leaveDuty, takeDuty } from "./duty";

let mia: PersonActor;
let ben: PersonActor;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 20);
});
beforeEach(async () => {
  await db().duty.deleteMany();
  [mia, ben] = await Promise.all([makePerson("operator", "tech_lead"), makePerson("operator")]);
});
afterAll(async () => expect((await verifyChain()).status).toBe("passed"));

const onDuty = async (role: Role) => (await dutyView()).find((entry) => entry.role === role)?.person?.id ?? null;
const events = async (subjectId: string) =>
  (await db().auditEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
const lastEvent = async () => (await events("operator")).at(-1);
const standing = () => db().duty.count({ where: { role: "operator", endedAt: null } });

describe("going on duty", () => {
  it("as a role one holds, when nobody is: since then, among those who hold it; the others have nobody", async () => {
    const view = await takeDuty(as(mia, minutes(5)), { role: "operator", from: null });
    expect(view.find(({ role }) => role === "operator")).toMatchObject({
      person: { id: mia.id },
      since: minutes(5).toISOString(),
      holders: expect.arrayContaining([{ id: ben.id, name: ben.name }]),
    });
    expect(view.map(({ role }) => role)).toEqual(["product_owner", "tech_lead", "operator", "security", "stakeholder"]);
    expect(view.filter(({ person }) => person)).toHaveLength(1);
    expect(await lastEvent()).toMatchObject({
      action: "duty.take",
      outcome: "done",
      actor: { id: mia.id },
      subject: { kind: "duty", id: "operator" },
      before: { onDuty: null },
      after: { onDuty: { id: mia.id } },
    });
  });

  it("from whom the page showed: one goes as the other comes, and the event names both", async () => {
    await takeDuty(as(ben), { role: "operator", from: null });
    await takeDuty(as(mia, minutes(5)), { role: "operator", from: ben.id });
    expect(await onDuty("operator")).toBe(mia.id);
    expect(await db().duty.findFirstOrThrow({ where: { personId: ben.id } })).toMatchObject({
      since: t0,
      endedAt: minutes(5),
    });
    expect(await lastEvent()).toMatchObject({
      before: { onDuty: { id: ben.id, name: ben.name } },
      after: { onDuty: { id: mia.id, name: mia.name } },
    });
  });

  it.each([
    ["nobody", () => null],
    ["somebody else", () => mia.id],
  ])("when the page showed %s and ben is by now: told so, and nothing changes", async (_, from) => {
    await takeDuty(as(ben), { role: "operator", from: null });
    await expect(takeDuty(as(mia), { role: "operator", from: from() })).rejects.toMatchObject({
      code: "CONFLICT",
      message: `${ben.name} is on duty as Operator by now. Take over from them, if that is right.`,
    });
    expect(await onDuty("operator")).toBe(ben.id);
  });

  it("as what one is already changes nothing, and is no event", async () => {
    await takeDuty(as(mia), { role: "operator", from: null });
    const before = (await events("operator")).length;
    await takeDuty(as(mia, minutes(9)), { role: "operator", from: null });
    expect(await db().duty.findMany({ where: { personId: mia.id } })).toMatchObject([{ since: t0, endedAt: null }]);
    expect(await events("operator")).toHaveLength(before);
  });

  it("or off it as a role one does not hold is refused with a sentence, and recorded", async () => {
    const says = "Only who holds the role goes on or off duty as Security/Compliance; you are Operator.";
    await expect(takeDuty(as(ben), { role: "security", from: null })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: says,
    });
    await expect(leaveDuty(as(ben), { role: "security" })).rejects.toMatchObject({ code: "FORBIDDEN", message: says });
    expect(await onDuty("security")).toBeNull();
    const refused = {
      outcome: "refused",
      actor: { id: ben.id },
      subject: { kind: "duty", id: "security" },
      because: says,
    };
    expect(await events("security")).toMatchObject([
      { action: "duty.take", ...refused },
      { action: "duty.leave", ...refused },
    ]);
  });

  it("without any role is forbidden, and recorded", async () => {
    const nobody = await makePerson();
    await expect(takeDuty(as(nobody), { role: "operator", from: null })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await lastEvent()).toMatchObject({ action: "duty.take", outcome: "refused", actor: { id: nobody.id } });
  });

  it("by fifty people at once leaves one on duty, and tells all others who", async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => makePerson("operator")));
    const took = await Promise.allSettled(
      people.map((person) => takeDuty(as(person), { role: "operator", from: null })),
    );
    expect(took.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = people.find((_, index) => took[index]!.status === "fulfilled")!;
    expect(await standing()).toBe(1);
    expect(await onDuty("operator")).toBe(winner.id);
    for (const one of took)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({
          code: "CONFLICT",
          message: expect.stringContaining(`${winner.name} is on duty as Operator`),
        });
  });

  it("by fifty people who all saw ben hands it over once", async () => {
    await takeDuty(as(ben), { role: "operator", from: null });
    const people = await Promise.all(Array.from({ length: 50 }, () => makePerson("operator")));
    const took = await Promise.allSettled(
      people.map((person) => takeDuty(as(person), { role: "operator", from: ben.id })),
    );
    expect(took.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await standing()).toBe(1);
    expect(await onDuty("operator")).toBe(people.find((_, index) => took[index]!.status === "fulfilled")!.id);
  });
});

describe("going off duty", () => {
  it("leaves nobody on duty, and new items to the backup", async () => {
    await takeDuty(as(ben), { role: "operator", from: null });
    await takeDuty(as(mia), { role: "tech_lead", from: null });
    expect(route("observability", await listRoster())).toEqual({ role: "operator", personId: ben.id, backup: false });
    await leaveDuty(as(ben, minutes(5)), { role: "operator" });
    expect(route("observability", await listRoster())).toEqual({ role: "tech_lead", personId: mia.id, backup: true });
    expect(await lastEvent()).toMatchObject({
      action: "duty.leave",
      before: { onDuty: { id: ben.id } },
      after: { onDuty: null },
    });
  });

  it("sends nobody else off, and is no event for who was not on duty", async () => {
    await takeDuty(as(ben), { role: "operator", from: null });
    const before = (await events("operator")).length;
    await leaveDuty(as(mia), { role: "operator" });
    expect(await onDuty("operator")).toBe(ben.id);
    expect(await events("operator")).toHaveLength(before);
  });
});

describe("who may not any more", () => {
  it("because a role was taken from them is off duty as it, and stays on duty as what they keep", async () => {
    await takeDuty(as(mia), { role: "operator", from: null });
    await takeDuty(as(mia), { role: "tech_lead", from: null });
    await setRoles({ now: minutes(5), requestId: "r1" }, `${mia.id}@example.com`, ["tech_lead"]);
    expect([await onDuty("operator"), await onDuty("tech_lead")]).toEqual([null, mia.id]);
    expect(await standing()).toBe(0);
    expect((await events(mia.id)).at(-1)).toMatchObject({
      action: "person.set-roles",
      after: { roles: ["tech_lead"], offDuty: ["operator"] },
    });
  });

  it("because they are disabled stands in nobody's way", async () => {
    await takeDuty(as(ben), { role: "operator", from: null });
    await db().person.update({ where: { id: ben.id }, data: { disabledAt: t0 } });
    expect(await onDuty("operator")).toBeNull();
    await takeDuty(as(mia), { role: "operator", from: null });
    expect([await onDuty("operator"), await standing()]).toEqual([mia.id, 1]);
  });
});
