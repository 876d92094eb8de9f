import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { t0 } from "@/lib/testing/scenarios";
import { runUser } from "./user";

async function user(...args: string[]) {
  let out = "";
  let err = "";
  const code = await runUser(args, { out: (text) => (out += text), err: (text) => (err += text), now: () => t0 });
  return { code, out, err };
}
const hashOf = async (email: string) => (await db().person.findUniqueOrThrow({ where: { email } })).passwordHash;

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  expect(await user("add", "Ana@Example.com", "--name", "Ana", "--role", "operator")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^ana@example\.com can sign in as Operator\. Password: \S{16}\n$/) as string,
  });
});
afterEach(() => void delete process.env.COCKPIT_PASSWORD);

describe("somebody's access, from the command line", () => {
  it("is taken and given back, once each, and the list says since when", async () => {
    expect(await user("disable", "ANA@example.com")).toMatchObject({
      code: 0,
      out: expect.stringContaining("ana@example.com is disabled") as string,
    });
    expect(await user("disable", "ana@example.com")).toEqual({
      code: 1,
      out: "",
      err: "ana@example.com is disabled already.\n",
    });
    expect((await user("list")).out).toBe("ana@example.com\tAna\toperator\tdisabled since 2026-03-01T10:00:00.000Z\n");
    expect(await user("enable", "ana@example.com")).toMatchObject({ code: 0 });
    expect(await user("enable", "ana@example.com")).toMatchObject({ code: 1 });
    expect((await user("list")).out).toBe("ana@example.com\tAna\toperator\n");
  });
  it("has a new password, made and said, or the one that was given, which is not", async () => {
    const before = await hashOf("ana@example.com");
    expect((await user("password", "ana@example.com")).out).toMatch(/Password: \S{16}\n$/);
    const made = await hashOf("ana@example.com");
    process.env.COCKPIT_PASSWORD = "another horse battery";
    expect(await user("password", "ana@example.com")).toEqual({
      code: 0,
      err: "",
      out: "ana@example.com has a new password, and is signed out everywhere.\n",
    });
    expect(new Set([before, made, await hashOf("ana@example.com")]).size).toBe(3);
  });
  it("has no password that is too short", async () => {
    process.env.COCKPIT_PASSWORD = "short";
    const before = await hashOf("ana@example.com");
    expect(await user("password", "ana@example.com")).toMatchObject({
      code: 2,
      err: expect.stringContaining("at least 12 characters") as string,
    });
    expect(await hashOf("ana@example.com")).toBe(before);
  });
  it("may be of no role, but only when that is said", async () => {
    expect(await user("role", "ana@example.com")).toMatchObject({ code: 2 });
    expect(await user("role", "ana@example.com", "--no-role")).toMatchObject({
      code: 0,
      out: "ana@example.com has no role now.\n",
    });
    expect((await user("list")).out).toBe("ana@example.com\tAna\tno role\n");
    expect(await user("role", "ana@example.com", "--role", "operator", "--role", "security")).toMatchObject({
      code: 0,
      out: "ana@example.com is now Operator, Security/Compliance.\n",
    });
  });
  it.each([["disable"], ["enable"], ["password"], ["role"]])("%s of nobody: refused in words", async (command) => {
    expect(
      await user(command, "nobody@example.com", ...(command === "role" ? ["--role", "operator"] : [])),
    ).toMatchObject({ code: 1, err: "There is no person with the address nobody@example.com.\n" });
  });
  it.each([
    [[]],
    [["disable"]],
    [["promote", "ana@example.com"]],
    [["list", "ana@example.com"]],
    [["disable", "a@example.com", "b@example.com"]],
    [["role", "ana@example.com", "--no-role", "--role", "king"]],
  ])("%j is a misuse", async (args) => {
    expect(await user(...args)).toMatchObject({ code: 2, out: "" });
  });
});
