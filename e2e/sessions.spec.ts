import { request, type APIRequestContext } from "@playwright/test";
import { actOnItem } from "./support/actions";
import type { Account, Staffed } from "./support/cockpit";
import { query } from "./support/database";
import { addPerson, user } from "./support/people";
import { openStream } from "./support/raw";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

let count = 0;
const newcomer = (cockpit: Staffed, ...roles: string[]): Account =>
  addPerson(cockpit.dataDir, {
    name: `Newcomer ${++count}`,
    email: `newcomer${count}@example.com`,
    roles: roles.length ? roles : ["operator"],
  });

/** A person's session and a copy of its cookie, as whoever stole it has it. */
async function begin(
  cockpit: Staffed,
  account: Account,
): Promise<{ own: APIRequestContext; copied: APIRequestContext; cookie: string }> {
  const own = await signIn(cockpit.url, account);
  const storageState = await own.storageState();
  const cookie = storageState.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return { own, cookie, copied: await request.newContext({ baseURL: cockpit.url, storageState }) };
}

/** What each kind of door answers. */
async function doors(cockpit: Staffed, { copied, cookie }: { copied: APIRequestContext; cookie: string }) {
  const stream = await openStream(cockpit.url, cookie);
  stream.close();
  stream.ended.catch(() => {});
  const claim = await actOnItem(copied, cockpit, "claim", { id: "01890000-0000-7000-8000-000000000000", version: 1 });
  const page = await copied.get("/escalations");
  return {
    api: (await copied.get("/api/escalations")).status(),
    action: claim.status(),
    stream: stream.status,
    page: (await page.text()).includes("Your session has ended. Sign in again.") ? "sign in" : "page",
  };
}
const open = { api: 200, action: 404, stream: 200, page: "page" };
const shut = { api: 401, action: 401, stream: 401, page: "sign in" };

test("whoever signs out ends every copy of that cookie, at every door, and no other session", async ({ cockpit }) => {
  const account = newcomer(cockpit);
  const [here, there] = [await begin(cockpit, account), await begin(cockpit, account)];
  const { ended } = await openStream(cockpit.url, here.cookie);
  expect(await doors(cockpit, here)).toEqual(open);

  const forged = await here.own.post("/api/sign-out", { headers: { origin: "https://evil.example" } });
  expect([forged.status(), await doors(cockpit, here)]).toEqual([403, open]);

  const out = await here.own.post("/api/sign-out", { headers: { origin: cockpit.url } });
  expect(out.status()).toBe(200);
  await ended;
  expect((await here.own.storageState()).cookies.filter(({ name }) => name.includes("session-token"))).toEqual([]);
  expect([await doors(cockpit, here), await doors(cockpit, there)]).toEqual([shut, open]);
  expect((await here.own.post("/api/sign-out")).status()).toBe(200);
});

for (const [what, args] of [
  ["a new password", (email: string) => ["password", email]],
  ["being disabled", (email: string) => ["disable", email]],
  ["a lost role", (email: string) => ["role", email, "--role", "stakeholder"]],
  ["the last lost role", (email: string) => ["role", email, "--no-role"]],
] as const) {
  test(`${what} ends every session and every stream of a person at once`, async ({ cockpit }) => {
    const account = newcomer(cockpit);
    const [one, other] = [await begin(cockpit, account), await begin(cockpit, account)];
    const streams = [await openStream(cockpit.url, one.cookie), await openStream(cockpit.url, other.cookie)];
    user(cockpit.dataDir, ...args(account.email));
    await Promise.all(streams.map(({ ended }) => ended));
    expect([await doors(cockpit, one), await doors(cockpit, other)]).toEqual([shut, shut]);
  });
}

test("who is disabled cannot sign in until they are let in again", async ({ cockpit }) => {
  const account = newcomer(cockpit);
  user(cockpit.dataDir, "disable", account.email);
  expect(user(cockpit.dataDir, "list")).toMatch(new RegExp(`${account.email}\\t.*\\tdisabled since`));
  await expect(signIn(cockpit.url, account)).rejects.toThrow("401");
  user(cockpit.dataDir, "enable", account.email);
  expect((await (await signIn(cockpit.url, account)).get("/api/escalations")).status()).toBe(200);
});

test("a session ends when its time is over, and nothing makes it longer", async ({ cockpit }) => {
  const session = await begin(cockpit, newcomer(cockpit));
  const rows = () =>
    query<{ id: string; hours: string }>(
      cockpit.dataDir,
      `SELECT s."id", extract(epoch FROM s."endsAt" - s."startedAt") / 3600 AS "hours" FROM "Session" s JOIN "Person" p ON p."id" = s."personId" WHERE p."name" = $1`,
      [`Newcomer ${count}`],
    );
  const before = await rows();
  expect(before.map(({ hours }) => Number(hours))).toEqual([12]);
  const asked = await session.copied.get("/api/auth/session");
  expect([asked.status(), asked.headers()["set-cookie"]]).toEqual([404, undefined]);
  await session.copied.get("/escalations");
  expect(await rows()).toEqual(before);

  const { ended } = await openStream(cockpit.url, session.cookie);
  await query(cockpit.dataDir, `UPDATE "Session" SET "endsAt" = now() - interval '1 second' WHERE "id" = $1`, [
    before[0]!.id,
  ]);
  await ended;
  expect(await doors(cockpit, session)).toEqual(shut);
});

test("one person has twenty streams and no more", async ({ cockpit }) => {
  const { cookie } = await begin(cockpit, newcomer(cockpit));
  const all = await Promise.all(Array.from({ length: 21 }, () => openStream(cockpit.url, cookie)));
  expect(all.map(({ status }) => status).sort()).toEqual([...Array<number>(20).fill(200), 429]);
  for (const { close, ended } of all) {
    ended.catch(() => {});
    close();
  }
});

test("whose session ended under an open page is told so, and comes back to where they were", async ({
  as,
  cockpit,
  complaints,
}) => {
  complaints.expect(/401/);
  const account = newcomer(cockpit);
  const page = await as(null);
  await page.goto("/operating-model");
  const enter = async () => {
    await page.getByRole("textbox", { name: "E-mail" }).fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/operating-model$/);
  };
  await enter();
  user(cockpit.dataDir, "password", account.email);
  await page.reload();
  await expect(page.getByText("Your session has ended. Sign in again.")).toBeVisible();
  await enter();
});
