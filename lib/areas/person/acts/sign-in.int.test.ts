import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { limits } from "@/lib/areas/person/domain/limit";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import { findSession } from "@/lib/kernel/session/find-session";
import { freshDatabase } from "@/lib/testing/database";
import { minutes, t0 } from "@/lib/testing/scenarios";
import { disablePerson, setPassword } from "./access";
import { addPerson } from "./add";
import { signIn, signOut, type Attempt } from "./sign-in";

const when = (now = t0) => ({ now, requestId: "r1" });
const password = "correct horse battery";
const office = "203.0.113.7";
const people = ["ana", "ben", "cleo", ...Array.from({ length: 45 }, (_, n) => `p${n}`)];
const idOf: Record<string, string> = {};

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  for (const name of people)
    idOf[name] = await addPerson(when(), { email: `${name}@example.com`, name, password, roles: ["operator"] });
});
beforeEach(async () => {
  await db().signInThrottle.deleteMany();
  await db().knownAddress.deleteMany();
});

const later: (() => Promise<void>)[] = [];
const attempt = (given: Partial<Attempt> = {}, now = t0) =>
  signIn(when(now), { email: "ana@example.com", password, address: office, ...given }, (work) => void later.push(work));
const guess = (given: Partial<Attempt> = {}) => attempt({ password: "wrong", ...given });
const wrong = { ok: false, waitSeconds: 0 };
const lockedOut = {
  ok: false,
  waitSeconds: expect.toSatisfy((seconds: number) => seconds > 800 && seconds <= 900) as number,
};
const inside = { ok: true, sessionId: expect.any(String) as string };
const sessionOf = async (given: Partial<Attempt> = {}) => ((await attempt(given)) as { sessionId: string }).sessionId;

/** Lets what failures leave behind be written, and answers what the chain says since `seq`. */
async function toldSince(seq: bigint): Promise<AuditEvent[]> {
  await Promise.all(later.splice(0).map((work) => work()));
  return (await db().auditEvent.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
}
const now = async (): Promise<bigint> => {
  await toldSince(0n);
  return (await db().auditHead.findFirstOrThrow()).seq;
};

describe("a session", () => {
  it("is its person's, with their roles, until twelve hours after they signed in, and no request makes it longer", async () => {
    const id = await sessionOf();
    expect(await findSession(id, t0)).toEqual({
      id,
      endsAt: minutes(720),
      person: { kind: "person", id: idOf.ana, name: "ana", roles: ["operator"] },
    });
    expect(await findSession(id, minutes(719.99))).not.toBeNull();
    expect(await findSession(id, minutes(720))).toBeNull();
  });
  it("ends when it is signed out of, and no other of the same person does", async () => {
    const [here, there] = [await sessionOf(), await sessionOf()];
    const seq = await now();
    await signOut(when(), (await findSession(here, t0))!);
    expect([await findSession(here, t0), (await findSession(there, t0))?.person.name]).toEqual([null, "ana"]);
    expect(await toldSince(seq)).toMatchObject([
      {
        action: "session.sign-out",
        outcome: "done",
        actor: { kind: "person", id: idOf.ana },
        subject: { kind: "session", id: here },
      },
    ]);
  });
  it("that ended already ends without a word", async () => {
    const session = (await findSession(await sessionOf(), t0))!;
    await signOut(when(), session);
    const seq = await now();
    await signOut(when(), session);
    expect(await toldSince(seq)).toEqual([]);
  });
  it("that is over is cleared away when somebody signs in", async () => {
    const old = await sessionOf();
    await attempt({ email: "ben@example.com" }, minutes(721));
    expect(await db().session.findUnique({ where: { id: old } })).toBeNull();
  });
  it("is not begun with a password that is changed, or by a person who is disabled, at the same moment", async () => {
    const names = people.slice(10, 16);
    await Promise.all(
      names.flatMap((name, n) => [
        attempt({ email: `${name}@example.com`, address: `10.1.0.${n}` }),
        n % 2
          ? disablePerson(when(), `${name}@example.com`)
          : setPassword(when(), `${name}@example.com`, "another horse battery"),
      ]),
    );
    expect(await db().session.count({ where: { personId: { in: names.map((name) => idOf[name]!) } } })).toBe(0);
  });
});

describe("who fails", () => {
  it("at one account from one address is refused after eight, also with the right password; elsewhere the person is not", async () => {
    for (let n = 0; n < limits.pair; n++) expect(await guess()).toEqual(wrong);
    expect(await guess()).toEqual(lockedOut);
    expect(await attempt()).toEqual(lockedOut);
    expect(await attempt({ address: "203.0.113.8" })).toEqual(inside);
  });
  it("cannot lock the person out: what was refused is not held against the account", async () => {
    for (let n = 0; n < 62; n++) await guess({ address: "198.51.100.66" });
    expect(await attempt()).toEqual(inside);
    const { rows } = await pool().query<{ points: number }>(
      `SELECT max("points") AS "points" FROM "sign_in_throttle" WHERE "key" LIKE 'account:%'`,
    );
    expect(rows[0]!.points).toBe(limits.pair);
  });
  it("at one account from ever other addresses is refused; from where they signed in before the person is not", async () => {
    await attempt();
    for (let n = 0; n < limits.account; n++) expect(await guess({ address: `198.51.100.${n}` })).toEqual(wrong);
    expect(await guess({ address: "198.51.100.200" })).toEqual(lockedOut);
    expect(await attempt({ address: "192.0.2.1" })).toEqual(lockedOut);
    expect(await attempt()).toEqual(inside);
  });
  it("at many accounts from one address is refused; who signed in there before is not, and an unknown name is as good as a known one", async () => {
    await attempt();
    for (let n = 0; n < limits.network; n++)
      expect(await guess({ email: `${n % 2 ? `nobody${n}` : `p${n}`}@example.com` })).toEqual(wrong);
    expect([await guess({ email: "ben@example.com" }), await guess({ email: "nobody@example.com" })]).toEqual([
      lockedOut,
      lockedOut,
    ]);
    expect(await attempt()).toEqual(inside);
  });
  it("from one IPv6 network is one, whichever of its addresses is used", async () => {
    for (let n = 0; n < limits.pair; n++) await guess({ address: `2001:db8:0:1::${n}` });
    expect(await guess({ address: "2001:db8:0:1:ffff::1" })).toEqual(lockedOut);
    expect(await guess({ address: "2001:db8:0:2::1" })).toEqual(wrong);
  });
  it("gets no further by failing a hundred times at once, and leaves no row for what was refused", async () => {
    const same = await Promise.all(Array.from({ length: 100 }, () => guess()));
    expect(same.filter((answer) => !answer.ok && answer.waitSeconds === 0)).toHaveLength(limits.pair);
    const spread = await Promise.all(
      Array.from({ length: 100 }, (_, n) => guess({ email: `nobody${n}@example.com`, address: "198.51.100.9" })),
    );
    expect(spread.filter((answer) => !answer.ok && answer.waitSeconds === 0)).toHaveLength(limits.network);
    const before = await db().signInThrottle.count();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => guess({ email: `other${n}@example.com`, address: "198.51.100.9" })),
    );
    expect(await db().signInThrottle.count()).toBe(before);
  });
  it("is not told by the table of what was typed", async () => {
    await guess({ email: "who-is-this@example.com", password: "my other secret" });
    expect(JSON.stringify((await pool().query(`SELECT * FROM "sign_in_throttle"`)).rows)).not.toMatch(
      /who-is-this|secret|203\.0/,
    );
  });
});

describe("who succeeds", () => {
  it("is never counted: a whole shift behind one address signs in, one after the other and at once", async () => {
    for (const name of people.slice(0, 10))
      for (let n = 0; n < 5; n++) expect(await attempt({ email: `${name}@example.com` })).toEqual(inside);
    await db().knownAddress.deleteMany();
    const shift = people.filter((_, n) => n < 10 || n > 15);
    const answers = await Promise.all(
      [...shift, ...shift].map((name) => attempt({ email: `${name}@example.com`, address: "203.0.113.99" })),
    );
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  });
  it("starts afresh at the account, and takes nothing from what others failed at beside them", async () => {
    for (let n = 0; n < limits.network - 1; n++) await guess({ email: `nobody${n}@example.com` });
    await attempt();
    expect(await guess({ email: "nobody-else@example.com" })).toEqual(wrong);
    expect(await guess({ email: "nobody-more@example.com" })).toEqual(lockedOut);
  });
  it("is known there for ninety days, until the password is changed", async () => {
    await attempt({ email: "cleo@example.com" });
    const lock = async () => {
      await db().signInThrottle.deleteMany();
      for (let n = 0; n < limits.account; n++) await guess({ email: "cleo@example.com", address: `198.51.100.${n}` });
    };
    await lock();
    expect(await attempt({ email: "cleo@example.com" }, minutes(89 * 24 * 60))).toEqual(inside);
    expect(await attempt({ email: "cleo@example.com" }, minutes(180 * 24 * 60))).toEqual(lockedOut);
    await setPassword(when(), "cleo@example.com", password);
    expect(await attempt({ email: "cleo@example.com" })).toEqual(lockedOut);
  });
});

describe("the chain says", () => {
  it("who signed in, about where and until when", async () => {
    const seq = await now();
    const { sessionId } = (await attempt({ address: "2001:db8:12:34::5" })) as { sessionId: string };
    expect(await toldSince(seq)).toMatchObject([
      {
        action: "session.sign-in",
        outcome: "done",
        actor: { kind: "person", id: idOf.ana, name: "ana" },
        subject: { kind: "session", id: sessionId },
        after: { from: "2001:db8:12::/48", until: minutes(720).toISOString() },
      },
    ]);
  });
  it("whose account was tried, never what was typed", async () => {
    const seq = await now();
    await guess({ password: "my other secret" });
    await guess({ email: "my-password@example.com" });
    await disablePerson(when(), "p0@example.com");
    await attempt({ email: "p0@example.com" });
    const told = (await toldSince(seq)).filter(({ action }) => action === "session.sign-in");
    const event = { outcome: "refused", actor: { kind: "nobody" }, after: { from: "203.0.113.0/24" } };
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...event,
          actor: { kind: "nobody", id: null, name: "Nobody" },
          subject: { kind: "person", id: idOf.ana },
          because: "The password is wrong.",
        }),
        expect.objectContaining({
          subject: { kind: "person", id: null },
          because: "Nobody here has that e-mail address.",
        }),
        expect.objectContaining({ subject: { kind: "person", id: idOf.p0 }, because: "p0 is disabled." }),
      ]),
    );
    expect(JSON.stringify(told)).not.toMatch(/secret|my-password/);
  });
  it("that an account is locked, once, however often it is tried", async () => {
    const seq = await now();
    for (let n = 0; n < 50; n++) await guess();
    const told = await toldSince(seq);
    expect(told.filter(({ action }) => action === "session.sign-in")).toHaveLength(limits.pair);
    expect(told.filter(({ action }) => action === "session.lock-out")).toMatchObject([
      { outcome: "done", subject: { kind: "person", id: idOf.ana }, after: { full: "pair", from: "203.0.113.0/24" } },
    ]);
  });
  it("no more than so much of strangers, whatever they do, and that the rest is not told; of whom they try it is told all the same", async () => {
    const seq = await now();
    for (let n = 0; n < 40; n++) await guess({ email: `nobody${n}@example.com`, address: `198.51.${n % 20}.1` });
    await guess();
    const told = await toldSince(seq);
    const ofStrangers = told.filter(({ subject }) => subject.id === null);
    expect(ofStrangers).toHaveLength(20);
    expect(ofStrangers.filter(({ after }) => JSON.stringify(after).includes("not told"))).toHaveLength(1);
    expect(told.filter(({ subject }) => subject.id === idOf.ana)).toHaveLength(1);
  });
  it("all this whole", async () => {
    await toldSince(0n);
    expect(await verifyChain()).toMatchObject({ status: "passed" });
  });
});
