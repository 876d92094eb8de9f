import fs from "node:fs";
import path from "node:path";
import type { SourceView } from "@/lib/areas/source/contract";
import { runCockpit } from "./support/chain";
import { startCockpit, type Cockpit } from "./support/cockpit";
import { query } from "./support/database";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

let cockpit: Cockpit;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  cockpit = await startCockpit();
});
test.afterAll(() => cockpit.remove());

const accountOf = (role: string) => cockpit.accounts.find((account) => account.role === role)!;
const secret = () => fs.readFileSync(path.join(cockpit.dataDir, "secret"), "utf8").trim();

test("a link to the secret, put where agents write, shows it to nobody", async () => {
  const sessions = await Promise.all(["Operator", "Stakeholder"].map((role) => signIn(cockpit.url, accountOf(role))));
  fs.mkdirSync(path.join(cockpit.sessionDir, "agent_x"));
  fs.symlinkSync("../../../secret", path.join(cockpit.sessionDir, "agent_x/s1.json"));
  expect(fs.readFileSync(path.join(cockpit.sessionDir, "agent_x/s1.json"), "utf8").trim()).toBe(secret());
  for (const session of sessions) {
    const view = async () => (await (await session.get("/api/sources")).json()) as SourceView;
    await expect
      .poll(async () => (await view()).files.find((file) => file.path === "agent_x/s1.json")?.problem, {
        timeout: 30_000,
      })
      .toBe("It is a link; the cockpit reads only files that lie in the session directory.");
    expect(JSON.stringify(await view())).not.toContain(secret());
    expect((await view()).quarantine).toEqual([]);
    await session.dispose();
  }
});

test("no other account can look into what is the cockpit's own", () => {
  // What lies in the sample's copy is thegent's; its directory is closed.
  const own = [".", ...fs.readdirSync(cockpit.dataDir, { recursive: true, encoding: "utf8" })].filter(
    (name) => !name.startsWith("sample/session"),
  );
  // An account that runs PostgreSQL for root may pass through to its own data.
  const open = own.filter(
    (name) =>
      (fs.lstatSync(path.join(cockpit.dataDir, name)).mode & (name.startsWith("postgres/data/") ? 0o007 : 0o067)) !== 0,
  );
  expect(own).toContain("secret");
  expect(open).toEqual([]);
});

test("`secret rotate` ends every session of the cockpit that runs, and signing in anew works", async () => {
  const before = await signIn(cockpit.url, accountOf("Operator"));
  expect((await before.get("/api/sources")).status()).toBe(200);
  const old = secret();
  expect(runCockpit(cockpit.dataDir, "secret", "rotate")).toMatchObject({
    code: 0,
    out: "The secret was changed. All sessions have ended: everybody must sign in again.\n",
  });
  expect(secret()).not.toBe(old);
  await expect
    .poll(
      () =>
        before.get("/api/sources").then(
          (answer) => answer.status(),
          () => "not up again yet",
        ),
      { timeout: 60_000 },
    )
    .toBe(401);
  const events = await query<{ body: string }>(
    cockpit.dataDir,
    `SELECT "body" FROM "AuditEvent" WHERE "action" = 'secret.rotate'`,
  );
  expect(events.map(({ body }) => (JSON.parse(body) as { actor: { name: string } }).actor.name)).toEqual([
    "command line",
  ]);
  const after = await signIn(cockpit.url, accountOf("Operator"));
  expect((await after.get("/api/sources")).status()).toBe(200);
  await Promise.all([before.dispose(), after.dispose()]);
});
