import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addPerson } from "@/lib/areas/person/acts/add";
import { useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { inOneFile } from "@/lib/testing/one-file";
import { makeEscalation, makeSource, t0 } from "@/lib/testing/scenarios";
import { tell } from "@/lib/testing/tell";
import { backUp } from "./backup";
import { migrate, readMigrations } from "./migrate";
import { restore as restoreInto, withBackup } from "./restore";

const restore = (at: string, name: string, options?: { brokenChain?: boolean }) =>
  withBackup(name, (backup) => restoreInto(at, backup, options));
const cockpit = promisify(execFile);
let home: string;
let url: string;
let whole: string;
let made: Awaited<ReturnType<typeof backUp>>;

const file = (name: string) => path.join(home, name);
/** The address of a database that is not there yet. */
const nowhere = (): string =>
  Object.assign(new URL(url), { pathname: `/restored_${randomBytes(6).toString("hex")}` }).href;
const add = (name: string) =>
  addPerson(
    { now: t0, requestId: name },
    { email: `${name}@example.com`, name, password: "long enough", roles: ["operator"] },
  );
const contentOf = (backup: string) => gunzipSync(fs.readFileSync(backup)).toString("utf8").split("\n");

async function query<T extends pg.QueryResultRow>(at: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: at, options: "-c timezone=UTC" });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table, but of the list of migrations, which names when each was applied, and of what is of the moment. */
async function everything(at: string): Promise<Record<string, string[]>> {
  const tables = await query<{ name: string }>(
    at,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'Session', 'SourceLease', 'sign_in_throttle') ORDER BY 1`,
  );
  const rows = async (name: string) =>
    (
      await query<{ row: string }>(at, `SELECT to_jsonb(t)::text AS row FROM ${pg.escapeIdentifier(name)} t ORDER BY 1`)
    ).map(({ row }) => row);
  return Object.fromEntries(await Promise.all(tables.map(async ({ name }) => [name, await rows(name)] as const)));
}

beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-backup-"));
  fs.chmodSync(home, 0o711);
  url = await freshDatabase();
  await useDatabase(url, 10);
  const sourceId = await makeSource();
  const operator = { kind: "person", id: await add("olga"), name: "olga", roles: ["operator"] } as const;
  const items = await Promise.all(
    ["a\tb", "back\\slash", "line\nline", "\\.", "日本 “”", ""].map((reason) => makeEscalation({ sourceId, reason })),
  );
  await tell(operator, sourceId, items, t0);
  for (const name of ["ana", ...Array.from({ length: 11 }, (_, n) => `person-${n}`)]) await add(name);
  await query(
    url,
    `INSERT INTO "SourceFile" ("id", "sourceId", "path", "kind") SELECT gen_random_uuid(), "id", 'run_registry.jsonl', 'run_registry' FROM "Source" LIMIT 1`,
  );
  await query(
    url,
    `INSERT INTO "QuarantinedLine" ("fileId", "line", "lastLine", "count", "byteOffset", "sha256", "bytes", "length", "reason", "firstSeenAt") SELECT "id", 1, 1, 1, 0, '\\x00ff', '\\x5c2e0a00', 4, 'no JSON', now() FROM "SourceFile"`,
  );
  whole = file("whole.backup");
  made = await backUp(url, whole, t0);
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

describe("a backup", () => {
  it("restored into a database that was not there is the same in every row of every table", async () => {
    const target = nowhere();
    const { chain } = await restore(target, whole);
    expect(chain).toMatchObject({ status: "passed", head: made.head });
    const [before, after] = [await everything(url), await everything(target)];
    expect(
      Object.entries(after)
        .filter(([, rows]) => rows.length)
        .map(([name]) => name),
    ).toEqual(
      expect.arrayContaining([
        "AuditEvent",
        "AuditHead",
        "Escalation",
        "Notice",
        "Person",
        "QuarantinedLine",
        "RoleHolding",
        "Source",
        "SourceFile",
      ]),
    );
    expect(after).toEqual(before);
  });

  it("leaves a database in which work goes on: numbers are not given out twice, the audit only grows", async () => {
    const target = nowhere();
    await restore(target, whole);
    const [{ next, last } = expect.fail()] = await query<{ next: string; last: string }>(
      target,
      `SELECT nextval(pg_get_serial_sequence('"QuarantinedLine"', 'id')) AS next, (SELECT max("id") FROM "QuarantinedLine") AS last`,
    );
    expect(Number(next)).toBe(Number(last) + 1);
    await expect(query(target, `DELETE FROM "AuditEvent"`)).rejects.toThrow();
    await expect(query(target, `UPDATE "AuditHead" SET "seq" = 0`)).rejects.toThrow();
  });

  it("brings nobody's session back, and no worker's turn", async () => {
    await query(
      url,
      `INSERT INTO "Session" SELECT gen_random_uuid(), "id", now(), now() + interval '1 day' FROM "Person"`,
    );
    await query(
      url,
      `INSERT INTO "SourceLease" SELECT "id", 'ingest', gen_random_uuid(), now() + interval '1 day' FROM "Source"`,
    );
    await backUp(url, file("moment.backup"), t0);
    const target = nowhere();
    await restore(target, file("moment.backup"));
    expect(
      await query(
        target,
        `SELECT (SELECT count(*)::int FROM "Session") AS sessions, (SELECT count(*)::int FROM "SourceLease") AS turns`,
      ),
    ).toEqual([{ sessions: 0, turns: 0 }]);
  });

  it("made while others write is of one moment, however large", async () => {
    await query(
      url,
      `INSERT INTO "QuarantinedLine" ("fileId", "line", "lastLine", "count", "byteOffset", "sha256", "bytes", "length", "reason", "firstSeenAt")
      SELECT f."id", n, n, 1, 0, sha256(n::text::bytea), sha256(n::text::bytea), 4, repeat(md5(n::text), n % 70), now() FROM "SourceFile" f, generate_series(2, 30000) n`,
    );
    let ended = false;
    const writer = (async () => {
      for (let n = 0; !ended; n++) await add(`writer-${n}`);
    })();
    const busy = file("busy.backup");
    const { head } = await backUp(url, busy, t0).finally(() => (ended = true));
    await writer;
    const target = nowhere();
    expect((await restore(target, busy)).chain).toMatchObject({ status: "passed", head });
    const [{ added, people } = expect.fail()] = await query<{ added: string; people: string }>(
      target,
      `SELECT (SELECT count(*) FROM "AuditEvent" WHERE "action" = 'person.add') AS added, (SELECT count(*) FROM "Person") AS people`,
    );
    expect(added).toBe(people);
    // What was restored gives the same backup again.
    const again = file("again.backup");
    await backUp(target, again, t0);
    expect(contentOf(again)).toEqual(contentOf(busy));
  });

  it("of an older cockpit is brought up to this one's schema", async () => {
    const old = nowhere();
    const migrations = readMigrations().map(({ name }) => name);
    await query(
      Object.assign(new URL(url), { pathname: "/postgres" }).href,
      `CREATE DATABASE ${new URL(old).pathname.slice(1)}`,
    );
    await migrate(old, undefined, new Set(migrations.slice(0, -1)));
    await query(
      old,
      `INSERT INTO "Person" ("id", "email", "name", "passwordHash", "createdAt") VALUES (gen_random_uuid(), 'old@example.com', 'Old', '-', now())`,
    );
    await backUp(old, file("old.backup"), t0);
    const target = nowhere();
    await restore(target, file("old.backup"));
    expect(await query(target, `SELECT "email" FROM "Person"`)).toEqual([{ email: "old@example.com" }]);
    expect(await query(target, `SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY 1`)).toEqual(
      migrations.map((name) => ({ name })),
    );
  });

  it("is restored by an account that owns its database and nothing else", async () => {
    const name = `modest_${randomBytes(4).toString("hex")}`;
    const maintenance = Object.assign(new URL(url), { pathname: "/postgres" }).href;
    await query(maintenance, `CREATE ROLE ${name} LOGIN PASSWORD 'modest'`);
    await query(maintenance, `CREATE DATABASE ${name} OWNER ${name}`);
    const target = Object.assign(new URL(url), { username: name, password: "modest", pathname: `/${name}` }).href;
    expect((await restore(target, whole)).chain.status).toBe("passed");
  });

  it("is for this account alone, and takes the place of an older one", async () => {
    const other = file("other.backup");
    for (const name of ["first", "second"]) {
      await backUp(url, other, t0);
      expect(fs.statSync(other).mode & 0o777, name).toBe(0o600);
    }
    fs.writeFileSync(`${other}.new`, "what a killed one left");
    await backUp(url, other, t0);
    expect(fs.readdirSync(home).filter((name) => name.startsWith("other.backup"))).toEqual(["other.backup"]);
  });

  it("does not take the place of what is no backup, nor of a link", async () => {
    const precious = file("precious");
    fs.writeFileSync(precious, "not a backup");
    fs.symlinkSync(whole, file("link"));
    for (const there of [precious, file("link"), home])
      await expect(backUp(url, there, t0)).rejects.toThrow("is there already");
    await expect(backUp(url, file("no/such/directory"), t0)).rejects.toThrow("its directory does not exist");
    expect(fs.readFileSync(precious, "utf8")).toBe("not a backup");
  });
});

describe("what is refused", () => {
  const spoilt = (change: (packed: Buffer) => Buffer): string => {
    const name = file(`spoilt-${randomBytes(4).toString("hex")}`);
    fs.writeFileSync(name, change(fs.readFileSync(whole)));
    return name;
  };
  const repacked = (change: (text: string) => string) =>
    spoilt((packed) => gzipSync(change(gunzipSync(packed).toString("utf8"))));
  /** Whoever edits may also write the digest anew. */
  const signedAnew = (change: (text: string) => string) =>
    spoilt((packed) => {
      const lines = change(gunzipSync(packed).toString("utf8")).trimEnd().split("\n");
      const end = JSON.parse(lines.pop()!) as { sha256: string };
      const text = `${lines.join("\n")}\n`;
      end.sha256 = createHash("sha256").update(text).digest("hex");
      return gzipSync(`${text}${JSON.stringify(end)}\n`);
    });
  const flipped = (packed: Buffer, at: number) =>
    Buffer.from(packed.map((byte, index) => (index === at ? byte ^ 0x40 : byte)));

  it.each<[string, () => string, RegExp]>([
    ["cut off in the middle", () => spoilt((packed) => packed.subarray(0, packed.length / 2)), /cut off/],
    ["cut off by one byte", () => spoilt((packed) => packed.subarray(0, -1)), /cut off/],
    ["empty", () => spoilt(() => Buffer.alloc(0)), /cut off/],
    ["with a bit that flipped", () => spoilt((packed) => flipped(packed, packed.length >> 1)), /damaged/],
    [
      "with something behind it",
      () => spoilt((packed) => Buffer.concat([packed, Buffer.from("x")])),
      /It goes on behind its end|It ends in the middle/,
    ],
    ["with another one behind it", () => spoilt((packed) => Buffer.concat([packed, packed])), /goes on behind its end/],
    ["without its last line", () => repacked((text) => text.replace(/\n[^\n]*\n$/, "\n")), /ends in the middle/],
    [
      "without a row",
      () => repacked((text) => text.replace(/\n[^\n]*ana@example\.com[^\n]*/, "")),
      /damaged or changed/,
    ],
    [
      "with a row that says something else",
      () => repacked((text) => text.replace("ana@example.com", "eve@example.com")),
      /damaged or changed/,
    ],
    [
      "with an audit event rewritten, and a digest to match",
      () => signedAnew((text) => text.replace(/("person.add".*)ana/, "$1eve")),
      /audit chain in it is broken: Event \d+ does not have the hash/,
    ],
    [
      "with the end of the audit chain cut off, and a digest to match",
      () =>
        signedAnew((text) =>
          text.replace(/("head":\{"seq":")(\d+)/, (_, before: string, seq: string) => before + (Number(seq) + 1)),
        ),
      /audit chain in it is broken/,
    ],
    [
      "by a newer cockpit",
      () => signedAnew((text) => text.replace(/"name":"\d+_first"/, '"name":"20990101000000_later"')),
      /20990101000000_later, which this cockpit does not have/,
    ],
    [
      "in a layout to come",
      () => signedAnew((text) => text.replace('"version":1', '"version":2')),
      /a newer cockpit made it/,
    ],
    ["something else", () => spoilt(() => gzipSync("hello\n")), /no backup of a cockpit/],
    ["nothing packed", () => spoilt(() => Buffer.from("hello\n")), /no backup, or was damaged/],
  ])("a file %s, before a row is written", async (_, spoil, says) => {
    const target = nowhere();
    await expect(restore(target, spoil())).rejects.toThrow(says);
    const left = await everything(target).catch((error: { code?: string }) =>
      error.code === "3D000" ? null : Promise.reject(error as Error),
    );
    // Where not even the database was made, all is as it was.
    if (!left) return;
    expect(Object.entries(left).filter(([name, some]) => some.length && name !== "AuditHead")).toEqual([]);
    // What is refused bars nobody from the right one.
    expect((await restore(target, whole)).chain.status).toBe("passed");
  });

  it("a chain that was broken when the backup was made, unless it is asked for; and then it says so", async () => {
    const broken = signedAnew((text) => text.replace(/("person.add".*)ana/, "$1eve"));
    const { chain } = await restore(nowhere(), broken, { brokenChain: true });
    expect(chain.status).toBe("failed");
    expect(chain.findings[0]!.says).toMatch(/does not have the hash/);
  });

  it("a tree over the chain that is not that of its events, though each event is as it was", async () => {
    const edge = new RegExp(String.raw`(\t${made.head.hash}\t\\\\x)(.)`);
    const other = signedAnew((text) =>
      text.replace(edge, (_, before: string, digit: string) => `${before}${digit === "0" ? "1" : "0"}`),
    );
    await expect(restore(nowhere(), other)).rejects.toThrow("The tree's edge");
  });

  it("a database in which anything is", async () => {
    const target = nowhere();
    await restore(target, whole);
    await expect(restore(target, whole)).rejects.toThrow("The database is not empty");
    await query(
      Object.assign(new URL(url), { pathname: "/postgres" }).href,
      `CREATE DATABASE ${new URL(target).pathname.slice(1)}_x`,
    );
    await query(`${target}_x`, "CREATE TABLE mine (n int)");
    await expect(restore(`${target}_x`, whole)).rejects.toThrow("The database is not empty");
  });

  it("a file that is not there, and a directory", async () => {
    await expect(restore(nowhere(), file("nowhere"))).rejects.toThrow("it does not exist");
    await expect(restore(nowhere(), home)).rejects.toThrow("is no file");
  });
});

it("the command backs up one database and restores it into an empty data directory, whose server it makes", async () => {
  const runBy = (script: string) => async (args: string[], env: Record<string, string>) => {
    const { DATABASE_URL: _, ...rest } = process.env;
    return cockpit(process.execPath, [script, ...args], { env: { ...rest, ...env, INIT_CWD: home } });
  };
  // As people run it; what follows is the same program, loaded as one file.
  const first = await runBy("bin/cockpit.mjs")(["backup", "by-command.backup"], { DATABASE_URL: url });
  const command = await inOneFile("lib/cli/process.ts");
  onTestFinished(command.remove);
  const run = runBy(command.file);
  const [, head] =
    /^.*by-command\.backup: .* rows of \d+ tables as of .*, .* bytes, head (\d+:[0-9a-f]{64})\n$/.exec(first.stdout) ??
    expect.fail(first.stdout);
  const data = { COCKPIT_DATA_DIR: file("data") };
  const restored = await run(["restore", "by-command.backup"], data);
  expect(restored.stdout).toContain(`passed: the audit chain has `);
  expect(restored.stdout).toContain(`head ${head}, as in the backup.`);
  const verified = await run(["verify", "chain", "--expect", head!], data);
  expect(verified.stdout).toMatch(/^passed: /);
  await run(["backup", "back.backup"], data);
  const rows = (name: string) => contentOf(file(name)).slice(1, -2);
  expect(rows("back.backup")).toEqual(rows("by-command.backup"));

  const target = nowhere();
  await run(["restore", "back.backup"], { DATABASE_URL: target });
  const [{ jobs, steps } = expect.fail()] = await query<{ jobs: string; steps: string }>(
    target,
    `SELECT (SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier LIKE 'escalation-clock:%') AS jobs, (SELECT count(*) FROM "Escalation" WHERE "nextAt" IS NOT NULL) AS steps`,
  );
  expect([jobs, Number(steps) > 0]).toEqual([steps, true]);

  const torn = fs.readFileSync(file("back.backup")).subarray(0, -5);
  fs.writeFileSync(file("torn.backup"), torn);
  await expect(run(["restore", "torn.backup"], { COCKPIT_DATA_DIR: file("data-2") })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("was not restored. It ends in the middle") as string,
  });
  expect(fs.existsSync(file("data-2"))).toBe(false);
  await expect(run(["restore", "back.backup"], data)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("not empty") as string,
  });
}, 180_000);
