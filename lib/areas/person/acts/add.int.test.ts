import { beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { passwordMatches } from "@/lib/areas/person/sign-in/password";
import { findCredentials as findCredentialsFrom } from "@/lib/areas/person/store/people";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { useDatabase, db } from "@/lib/kernel/db/client";
import { findActor } from "@/lib/kernel/session/find-actor";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { minutes, t0 } from "@/lib/testing/scenarios";
import { addPerson, invite, signUp } from "./add";
import { preparePeople } from "./prepare";

const when = (now = t0) => ({ now, requestId: "r1" });
const ana = { email: "Ana@Example.com", name: "Ana", password: "correct horse battery" };

const from = "203.0.113.7";
const findCredentials = (email: string) => findCredentialsFrom(email, "somewhere", t0);

/** What the chain says of one-time links and of who was added, oldest first. */
const events = async () =>
  (
    await db().auditEvent.findMany({
      where: { action: { in: ["person.invite", "person.add"] } },
      orderBy: { seq: "asc" },
    })
  ).map(({ body }) => JSON.parse(body) as AuditEvent);

beforeAll(async () => useDatabase(await freshDatabase()));

describe("the first start", () => {
  it("on a real directory makes nobody, and gives one link that works once", async () => {
    const first = await preparePeople({ isSample: false, now: t0, requestId: "r0" });
    const second = await preparePeople({ isSample: false, now: t0, requestId: "r0" });
    const tokens = [first, second].map((prepared) =>
      prepared.kind === "invite" ? prepared.path.split("#token=")[1]! : "",
    );
    await expect(signUp(when(), tokens[0]!, ana, from)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const race = await Promise.allSettled(
      [1, 2, 3].map((n) => signUp(when(), tokens[1]!, { ...ana, email: `ana${n}@example.com` }, from)),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().person.count()).toBe(1);
    const actor = await findActor((await db().person.findFirstOrThrow()).id);
    expect(actor?.roles).toHaveLength(5);
    expect(await preparePeople({ isSample: false, now: t0, requestId: "r0" })).toEqual({ kind: "none" });
  });
  it("keeps only the digest of a link, and lets it expire", async () => {
    const token = await invite(when(), ["operator"]);
    expect(JSON.stringify([await db().invite.findMany(), await events()])).not.toContain(token);
    await expect(signUp(when(minutes(48 * 60 + 1)), token, ana, from)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("expired"),
    });
  });
});

it("the chain says which link was made, which of them made whom, and which did not work", async () => {
  const said = (await events()).map(({ action, outcome, actor, subject, after, because }) => [
    action,
    outcome,
    actor.name,
    subject,
    after,
    because,
  ]);
  const [firstId, secondId, thirdId] = said
    .filter(([action]) => action === "person.invite")
    .map(([, , , subject]) => (subject as AuditEvent["subject"]).id);
  const { id } = await db().person.findFirstOrThrow();
  const refused = [
    "person.add",
    "refused",
    "Nobody",
    { kind: "person", id: null },
    { from: "203.0.113.0/24" },
    expect.stringContaining("Ask for a new one"),
  ];
  const made = (link: string | null | undefined, replaced: number, held: readonly Role[] = roles) => [
    "person.invite",
    "done",
    "start",
    { kind: "link", id: link },
    { roles: held, expiresAt: minutes(48 * 60).toISOString(), replaced },
    null,
  ];
  const added = [
    "person.add",
    "done",
    "one-time link",
    { kind: "person", id },
    expect.objectContaining({ link: secondId, roles: expect.arrayContaining([...roles]) as unknown }),
    null,
  ];
  expect(said[0]).toEqual(made(firstId, 0));
  expect(said[1]).toEqual(made(secondId, 1));
  expect(said.slice(2, 6)).toEqual(expect.arrayContaining([added, refused, refused, refused]));
  expect(said.slice(6)).toEqual([made(thirdId, 0, ["operator"]), refused]);
});

describe("a person", () => {
  it("signs in with the address in any case and the password, kept as argon2id", async () => {
    await addPerson(when(), { ...ana, roles: ["operator"] });
    const stored = await findCredentials("ana@example.com");
    expect(stored!.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await passwordMatches(stored!.passwordHash, ana.password)).toBe(true);
    expect(await passwordMatches(stored!.passwordHash, "wrong")).toBe(false);
    expect(await passwordMatches(null, "nobody's password")).toBe(false);
  });
  it("cannot be added twice, and the refused one leaves no event", async () => {
    const before = (await verifyChain()).events;
    await expect(addPerson(when(), { ...ana, roles: ["operator"] })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await verifyChain()).events).toBe(before);
  });
});
