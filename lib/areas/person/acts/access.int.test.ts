import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { dutyView } from "@/lib/areas/duty/read/view";
import { passwordMatches } from "@/lib/areas/person/sign-in/password";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { findActor } from "@/lib/kernel/session/find-actor";
import { findSession } from "@/lib/kernel/session/find-session";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { makePerson, minutes, putOnDuty, t0 } from "@/lib/testing/scenarios";
import { disablePerson, enablePerson, setPassword, setRoles } from "./access";

const when = { now: minutes(1), requestId: "r1" };
let mia: PersonActor;
let email: string;
let sessions: string[];

beforeAll(async () => useDatabase(await freshDatabase()));
beforeEach(async () => {
  mia = await makePerson("operator", "tech_lead");
  email = `${mia.id}@example.com`;
  sessions = await Promise.all([begin(mia.id), begin(mia.id)]);
});

async function begin(personId: string): Promise<string> {
  const id = uuidv7();
  await db().session.create({ data: { id, personId, startedAt: t0, endsAt: minutes(720) } });
  return id;
}
const open = async () => (await Promise.all(sessions.map((id) => findSession(id, minutes(1))))).filter(Boolean).length;
const lastEvent = async () =>
  JSON.parse(
    (await db().auditEvent.findFirstOrThrow({ where: { subjectId: mia.id }, orderBy: { seq: "desc" } })).body,
  ) as AuditEvent;

describe("every session of a person ends at once", () => {
  it.each<[string, () => Promise<void>, string, object]>([
    [
      "with a lost role",
      () => setRoles(when, email, ["tech_lead"]),
      "person.set-roles",
      { roles: ["tech_lead"], sessionsEnded: 2 },
    ],
    ["with the last role", () => setRoles(when, email, []), "person.set-roles", { roles: [], sessionsEnded: 2 }],
    [
      "with another password",
      () => setPassword(when, email, "another horse battery"),
      "person.set-password",
      { sessionsEnded: 2 },
    ],
    [
      "when they are disabled",
      () => disablePerson(when, email),
      "person.disable",
      { disabled: true, sessionsEnded: 2 },
    ],
  ])("%s, which the chain says; a colleague's goes on", async (_, act, action, after) => {
    const colleague = await begin((await makePerson("operator")).id);
    await act();
    expect(await open()).toBe(0);
    expect(await findSession(colleague, minutes(1))).not.toBeNull();
    expect(await lastEvent()).toMatchObject({
      action,
      outcome: "done",
      actor: { kind: "system", name: "command line" },
      subject: { kind: "person", id: mia.id },
      after,
    });
  });
  it("but not with one more role", async () => {
    await setRoles(when, email, ["operator", "tech_lead", "security"]);
    expect(await open()).toBe(2);
    expect((await findSession(sessions[0]!, minutes(1)))?.person.roles.toSorted()).toEqual([
      "operator",
      "security",
      "tech_lead",
    ]);
  });
  it("also when the database alone says that they are disabled", async () => {
    await db().person.update({ where: { id: mia.id }, data: { disabledAt: t0 } });
    expect(await open()).toBe(0);
  });
});

describe("a disabled person", () => {
  it("is off duty, and is nobody until they are let in again, with the roles they had", async () => {
    await putOnDuty(mia, "operator");
    await disablePerson(when, email);
    expect(await findActor(mia.id)).toBeNull();
    expect((await dutyView()).find(({ role }) => role === "operator")).toMatchObject({ person: null });
    expect(await lastEvent()).toMatchObject({ after: { offDuty: ["operator"] } });
    await enablePerson(when, email);
    expect((await findActor(mia.id))?.roles.toSorted()).toEqual(["operator", "tech_lead"]);
    expect((await dutyView()).find(({ role }) => role === "operator")).toMatchObject({ person: null });
    expect(await open()).toBe(0);
  });
  it("is disabled once, and who is not is not enabled; neither is an event", async () => {
    await expect(enablePerson(when, email)).rejects.toMatchObject({ code: "CONFLICT" });
    const answers = await Promise.allSettled([1, 2, 3].map(() => disablePerson(when, email)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().auditEvent.count({ where: { subjectId: mia.id } })).toBe(1);
  });
});

it("a new password is the one that counts", async () => {
  await setPassword(when, email, "another horse battery");
  const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id: mia.id } });
  expect(await passwordMatches(passwordHash, "another horse battery")).toBe(true);
  expect(JSON.stringify(await lastEvent())).not.toMatch(/argon2|battery/);
});

it.each<[string, (unknown: string) => Promise<void>]>([
  ["given a role", (unknown) => setRoles(when, unknown, ["operator"])],
  ["disabled", (unknown) => disablePerson(when, unknown)],
  ["enabled", (unknown) => enablePerson(when, unknown)],
  ["given a password", (unknown) => setPassword(when, unknown, "another horse battery")],
])("who does not exist cannot be %s", async (_, act) => {
  await expect(act("nobody@example.com")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
