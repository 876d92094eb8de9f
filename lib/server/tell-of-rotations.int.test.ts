import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { runSecretRotate } from "@/lib/cli/commands/secret";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { minutes } from "@/lib/testing/scenarios";
import { noteRotation, notedRotations, readOrMakeSecret, rotateSecret } from "./secret";
import { tellOfRotations } from "./tell-of-rotations";

let data: string;
beforeAll(async () => useDatabase(await freshDatabase()));
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-rotations-"));
  readOrMakeSecret(data);
});
afterEach(async () => {
  fs.rmSync(data, { recursive: true, force: true });
  expect((await verifyChain()).status).toBe("passed");
});

const rotate = (at: Date, withDatabase: (work: () => Promise<void>) => Promise<void>) =>
  runSecretRotate({ secret: undefined, dataDir: data }, { out: () => {}, err: () => {}, now: () => at }, withDatabase);
const noDatabase = () => Promise.reject(new Error("no"));
type Told = { at: string; actor: { name: string }; after: { changedAt: string }; requestId: string };
const told = async () =>
  (await db().auditEvent.findMany({ where: { action: "secret.rotate" }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as Told,
  );
const iso = (at: Date) => at.toISOString();

it("who changes the secret is in the chain, without the secret", async () => {
  const before = (await told()).length;
  await rotate(minutes(1), (work) => work());
  expect((await told()).slice(before)).toMatchObject([
    { at: iso(minutes(1)), actor: { name: "command line" }, after: { changedAt: iso(minutes(1)) } },
  ]);
  expect(JSON.stringify(await told())).not.toContain(readOrMakeSecret(data));
  expect(fs.readdirSync(data)).toEqual(["secret"]);
});

it("what could not be told, because there was no database, is told at the next start, each change once, also when that start is killed halfway", async () => {
  const before = (await told()).length;
  await rotate(minutes(1), noDatabase);
  await rotate(minutes(2), noDatabase);
  const note = path.join(data, "secret.changed");
  const kept = fs.readFileSync(note);
  expect((await told()).slice(before)).toEqual([]);
  await tellOfRotations(data, minutes(9));
  fs.writeFileSync(note, kept);
  await Promise.all([tellOfRotations(data, minutes(10)), tellOfRotations(data, minutes(10))]);
  expect((await told()).slice(before).map(({ at, after }) => [at, after.changedAt])).toEqual([
    [iso(minutes(9)), iso(minutes(1))],
    [iso(minutes(9)), iso(minutes(2))],
  ]);
  expect(fs.readdirSync(data)).toEqual(["secret"]);
});

it("a change that was not carried out is told by nobody", async () => {
  const before = (await told()).length;
  noteRotation(data, { requestId: "r", changedAt: iso(minutes(1)) });
  await expect(rotateSecret(data, () => true, 300)).rejects.toThrow("did not take up");
  await rotate(minutes(2), noDatabase);
  expect(notedRotations(data)).toMatchObject([{ changedAt: iso(minutes(2)) }]);
  await tellOfRotations(data, minutes(3));
  expect((await told()).slice(before).map(({ after }) => after.changedAt)).toEqual([iso(minutes(2))]);
});
