import { beforeAll, describe, expect, it } from "vitest";
import { passwordMatches } from "@/lib/auth/password";
import { countAttempt, forgetAttempts } from "@/lib/auth/sign-in-limit";
import { useDatabase, db } from "@/lib/data/client";
import { findActor, findCredentials } from "@/lib/data/people";
import { freshDatabase } from "@/lib/testing/database";
import { minutes, t0 } from "@/lib/testing/scenarios";
import { addPerson, invite, setRoles, signUp } from "./add-person";
import { preparePeople } from "./prepare-people";
import { verifyChain } from "./verify-chain";

const when = (now = t0) => ({ now, requestId: "r1" });
const ana = { email: "Ana@Example.com", name: "Ana", password: "correct horse battery" };

beforeAll(async () => useDatabase(await freshDatabase()));

describe("the first start", () => {
  it("on a real directory makes nobody, and gives one link that works once", async () => {
    const first = await preparePeople({ isSample: false, now: t0, requestId: "r0" });
    const second = await preparePeople({ isSample: false, now: t0, requestId: "r0" });
    const tokens = [first, second].map((prepared) => (prepared.kind === "invite" ? prepared.path.split("#token=")[1]! : ""));
    await expect(signUp(when(), tokens[0]!, ana)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const race = await Promise.allSettled([1, 2, 3].map((n) => signUp(when(), tokens[1]!, { ...ana, email: `ana${n}@example.com` })));
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().person.count()).toBe(1);
    const actor = await findActor((await db().person.findFirstOrThrow()).id);
    expect(actor?.roles).toHaveLength(5);
    expect(await preparePeople({ isSample: false, now: t0, requestId: "r0" })).toEqual({ kind: "none" });
  });
  it("keeps only the digest of a link, and lets it expire", async () => {
    const token = await invite(when(), ["operator"]);
    expect(JSON.stringify(await db().invite.findMany())).not.toContain(token);
    await expect(signUp(when(minutes(48 * 60 + 1)), token, ana)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("expired") });
  });
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
  it("loses a role at once, and a disabled one everything", async () => {
    const { id } = (await findCredentials("ana@example.com"))!;
    await setRoles(when(), "ana@example.com", ["stakeholder"]);
    expect((await findActor(id))?.roles).toEqual(["stakeholder"]);
    await db().person.update({ where: { id }, data: { disabledAt: t0 } });
    expect(await findActor(id)).toBeNull();
    expect(await findCredentials("ana@example.com")).toBeNull();
  });
  it("who does not exist cannot be given a role", async () => {
    await expect(setRoles(when(), "nobody@example.com", ["operator"])).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("sign-in attempts", () => {
  it("are limited for an account from one address, and forgotten after a success", async () => {
    for (let n = 0; n < 8; n++) expect(await countAttempt("olga@example.com", "10.0.0.1")).toBe(0);
    expect(await countAttempt("olga@example.com", "10.0.0.1")).toBeGreaterThan(800);
    expect(await countAttempt("olga@example.com", "10.0.0.2")).toBe(0);
    await forgetAttempts("olga@example.com", "10.0.0.1");
    expect(await countAttempt("olga@example.com", "10.0.0.1")).toBe(0);
  });
  it("are limited for an address, whatever account it tries", async () => {
    const waits = [];
    for (let n = 0; n < 41; n++) waits.push(await countAttempt(`someone${n}@example.com`, "10.0.0.9"));
    expect(waits.slice(0, 40).every((wait) => wait === 0)).toBe(true);
    expect(waits[40]).toBeGreaterThan(0);
  });
});
