/** Every door there is, tried by everybody: the cases are generated from the folder of routes, the build's acts and the matrix. */
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { decideAnywhere } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roleNames, roles } from "@/lib/model/roles";
import { actionId, actionNames, actOnItem, callAction, pagesOf, personOf, sendAction } from "./support/actions";
import { query } from "./support/database";
import { doorNames, doors } from "./support/doors";
import { expect, test, type RoleName } from "./support/test";
import { sessionCookie, tokens } from "./support/tokens";

const everybody = [null, ...roles.map((role) => roleNames[role] as RoleName)];
const someId = "01890000-0000-7000-8000-000000000000";

/** What every answer keeps: no stack, no path of the server's, no name of the framework's. */
const telling = /\n\s+at |:\d+:\d+\)|node_modules|next\.js|\/\.next\/|nextjs\.org|server action/i;

async function expectInWords(answer: APIResponse, called: string): Promise<void> {
  const text = await answer.text();
  expect(text, called).not.toMatch(telling);
  expect(text.length, called).toBeGreaterThan(10);
}

/** The folders in which such a file lies. */
function foldersOf(name: string, folder: string): string[] {
  const here = fs.readdirSync(folder, { withFileTypes: true });
  return here.flatMap((entry) =>
    entry.isDirectory() ? foldersOf(name, path.join(folder, entry.name)) : entry.name === name ? [folder] : [],
  );
}

/** Those of the application; who may ask next-auth's what is in sign-in.spec.ts. */
const routes = foldersOf("route.ts", "app/api").filter((folder) => !folder.startsWith("app/api/auth"));

/** Which methods a route has, as its file says. */
const methodsOf = (folder: string): string[] =>
  [...fs.readFileSync(path.join(folder, "route.ts"), "utf8").matchAll(/export (?:async )?function ([A-Z]+)\b/g)].map(
    ([, method]) => method!,
  );
const open = ["app/api/health", "app/api/sign-up", "app/api/sign-out"];
/** Whoever has a session loses it there: tried by nobody alone, so that the other tests keep theirs. */
const leaving = "app/api/sign-out";
const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/** Ends with the headers: live updates have no end. */
async function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method,
        headers: { ...headers, ...(["GET", "HEAD", "OPTIONS"].includes(method) ? {} : { "content-length": "0" }) },
      },
      (response) => {
        if (response.headers["content-type"]?.startsWith("text/event-stream")) {
          request.destroy();
          return resolve({ status: response.statusCode!, text: "", headers: response.headers });
        }
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode!, text, headers: response.headers }));
      },
    );
    request.on("error", reject);
    request.end();
  });
}

/** What a route cannot answer without. */
const asked: Record<string, string> = {
  "app/api/drift/events": "?from=2026-01-01T00:00:00.000Z&until=2026-01-02T00:00:00.000Z",
};

for (const folder of routes) {
  const address = `/${folder.replace(/^app\//, "").replace(/\[id\]/, someId)}${asked[folder] ?? ""}`;
  test(`${address} answers each method to everybody as it is theirs, in words`, async ({
    cockpit,
    http: contextOf,
  }) => {
    const own = methodsOf(folder);
    for (const who of folder === leaving ? [null] : everybody) {
      const cookies = who
        ? (await (await contextOf(who)).storageState()).cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
        : "";
      for (const method of methods) {
        const called = `${method} ${address} by ${who ?? "nobody"}`;
        const answer = await ask(cockpit.url + address, method, { cookie: cookies, origin: cockpit.url });
        const reads = method === "HEAD" ? own.includes("GET") : own.includes(method);
        if (method === "OPTIONS") expect(answer.status, called).toBe(204);
        else if (!reads) expect(answer.status, called).toBe(405);
        else if (open.includes(folder)) expect([200, 400], called).toContain(answer.status);
        else if (!who) expect(answer.status, called).toBe(401);
        else expect(address.includes(someId) ? [404] : [200], called).toContain(answer.status);
        if (
          who &&
          reads &&
          method === "GET" &&
          !open.includes(folder) &&
          !folder.endsWith("live") &&
          !folder.endsWith("export")
        )
          expect(answer.headers["x-cockpit-person"], called).toMatch(/^[0-9a-f-]{36}$/);
        if (answer.status >= 400 && method !== "HEAD") expect(answer.text.length, called).toBeGreaterThan(10);
        expect(answer.text, called).not.toMatch(telling);
      }
    }
  });
}

test("every act of the build is tried here, and every page knows it: an act is sent to where the browser is by then", ({
  cockpit,
}) => {
  expect(actionNames(cockpit.build).sort()).toEqual([...doorNames].sort());
  const pages = foldersOf("page.tsx", "app/(cockpit)")
    .map((folder) => `${folder}/page`)
    .sort();
  for (const name of doorNames) expect(pagesOf(cockpit.build, name), name).toEqual(pages);
});

type Event = { actorId: string | null; body: string };

for (const [name, { is, input = {} }] of Object.entries(doors)) {
  test(`${name} without an input that can be used: 401 to nobody, 403 to whom it can never be allowed, 400 to the others, each in the chain`, async ({
    cockpit,
    http: contextOf,
    playwright,
  }) => {
    const [{ seq }] = (await query<{ seq: string }>(
      cockpit.dataDir,
      `SELECT "seq"::text AS "seq" FROM "AuditHead"`,
    )) as [{ seq: string }];
    const expected: object[] = [];
    for (const who of everybody) {
      const context = who ? await contextOf(who) : await playwright.request.newContext({ baseURL: cockpit.url });
      const held = roles.filter((role) => roleNames[role] === who);
      const actor = who ? { kind: "person" as const, id: "", name: "", roles: held } : null;
      const status = !who ? 401 : decideAnywhere(operatingModel, is, actor).allowed ? 400 : 403;
      const answer = await callAction(context, cockpit, name.split(" ")[0]!, input);
      expect(answer.status(), `${name} by ${who ?? "nobody"}`).toBe(status);
      await expectInWords(answer, `${name} by ${who ?? "nobody"}`);
      expected.push({
        actorId: who ? await personOf(context) : null,
        because:
          status === 400
            ? "The input cannot be used."
            : status === 401
              ? "Nobody is signed in."
              : expect.stringContaining(" can do this"),
      });
      if (!who) await context.dispose();
    }
    const events = await query<Event>(
      cockpit.dataDir,
      `SELECT "actorId", "body" FROM "AuditEvent" WHERE "seq" > $1 AND "action" = $2 AND "outcome" = 'refused' ORDER BY "seq"`,
      [seq, is],
    );
    expect(
      events.map(({ actorId, body }) => ({ actorId, because: (JSON.parse(body) as { because: string }).because })),
    ).toEqual(expected);
  });
}

test("twenty refused acts at once are all answered, and all in the chain", async ({
  cockpit,
  http: contextOf,
  denied,
}) => {
  const { id, version } = await denied();
  const context = await contextOf("Stakeholder");
  await personOf(context);
  const calls = Array.from({ length: 20 }, () =>
    actOnItem(context, cockpit, "reopen", { id, version, reason: "Tried." }),
  );
  expect((await Promise.all(calls)).map((answer) => answer.status())).toEqual(Array(20).fill(403));
  const [{ count }] = (await query<{ count: number }>(
    cockpit.dataDir,
    `SELECT count(*)::int AS "count" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.reopen'`,
    [id],
  )) as [{ count: number }];
  expect(count).toBe(20);
});

test("a session token is what the cockpit made, whole and not over, of somebody there is", async ({
  cockpit,
  playwright,
}) => {
  for (const [wrong, token] of Object.entries(await tokens(cockpit, "Operator"))) {
    const context = await playwright.request.newContext({
      baseURL: cockpit.url,
      extraHTTPHeaders: { cookie: `${sessionCookie}=${token}` },
    });
    const status = wrong === "nothing" ? 200 : 401;
    expect((await context.get("/api/escalations")).status(), wrong).toBe(status);
    expect((await actOnItem(context, cockpit, "claim", {})).status(), wrong).toBe(wrong === "nothing" ? 400 : 401);
    await context.dispose();
  }
});

const forged: [string, Record<string, string>][] = [
  ["another site", { origin: "https://evil.example" }],
  ["another scheme", { origin: "https://localhost" }],
  ["a page without an origin", { origin: "null" }],
  ["no origin", {}],
  ["no origin, as a browser says it of another site", { "sec-fetch-site": "cross-site" }],
  ["no origin and another host", { host: "evil.example" }],
  ["another site, and a host of that name", { origin: "http://evil.example", host: "evil.example" }],
  ["what is no origin", { origin: "evil" }],
];

test("an act of another site's page, with a person's session, is refused with a sentence and in the chain, once a minute for each origin", async ({
  cockpit,
  http: contextOf,
  denied,
}) => {
  const item = await denied();
  const context = await contextOf("Operator");
  const body = JSON.stringify([await personOf(context), { act: "claim", id: item.id, version: item.version }]);
  for (const [called, headers] of forged) {
    const answer = await sendAction(context, actionId(cockpit.build, "actOnEscalation"), body, headers);
    expect(answer.status(), called).toBe(403);
    expect(await answer.text(), called).toMatch(/Nothing was done\.$/);
    await expectInWords(answer, called);
  }
  for (let n = 0; n < 20; n++)
    await sendAction(context, actionId(cockpit.build, "actOnEscalation"), body, { origin: "https://again.example" });
  expect(((await (await context.get(`/api/escalations/${item.id}`)).json()) as { status: string }).status).toBe("open");
  const origins = async () =>
    (
      await query<Event>(
        cockpit.dataDir,
        `SELECT "actorId", "body" FROM "AuditEvent" WHERE "action" = 'act.from-elsewhere'`,
      )
    ).map(({ body }) => (JSON.parse(body) as { after: { origin: string } }).after.origin);
  await expect
    .poll(origins)
    .toEqual(
      expect.arrayContaining([
        "https://evil.example",
        "https://localhost",
        "null",
        "none",
        "http://evil.example",
        "unreadable",
        "https://again.example",
      ]),
    );
  // Twenty within a minute, or within two when one has just ended.
  expect((await origins()).filter((origin) => origin === "https://again.example").length).toBeLessThanOrEqual(2);
});

test("the same act from the cockpit's own page is done, also when a proxy has sent another Host", async ({
  cockpit,
  http: contextOf,
  denied,
}) => {
  const context = await contextOf("Operator");
  for (const host of [new URL(cockpit.url).host, "10.1.2.3:8080"]) {
    const item = await denied();
    const answer = await sendAction(
      context,
      actionId(cockpit.build, "actOnEscalation"),
      JSON.stringify([await personOf(context), { act: "claim", id: item.id, version: item.version }]),
      { origin: cockpit.url, host },
    );
    expect(answer.status(), await answer.text()).toBe(200);
  }
});

test("what cannot be read is the sender's fault, and told in words", async ({ cockpit, http: contextOf }) => {
  const context = await contextOf("Operator");
  const id = actionId(cockpit.build, "actOnEscalation");
  const bodies = [
    "",
    "{",
    "[",
    "null",
    "{}",
    "[]",
    '["$F1"]',
    '[{"id":"$@9"},"$Q1"]',
    '["$B1"]',
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
    "\u0000",
    '["x",{"__proto__":{"id":1}}]',
  ];
  for (const body of bodies) {
    const answer = await sendAction(context, id, body, { origin: cockpit.url });
    expect([400, 409], `${body.slice(0, 40)}: ${answer.status()}`).toContain(answer.status());
    await expectInWords(answer, body.slice(0, 40));
  }
  const send = (headers: Record<string, string>, data: string, page = "/escalations") =>
    context.post(page, { headers: { origin: cockpit.url, ...headers }, data });
  const text = { "content-type": "text/plain;charset=UTF-8" };
  const cases: [string, Promise<APIResponse>, number][] = [
    ["an unknown act", send({ ...text, "next-action": "0".repeat(42) }, "[]"), 404],
    ["an act at no page", send({ ...text, "next-action": id }, "[]", "/nowhere"), 404],
    ["an act at the page of nobody", send({ ...text, "next-action": id }, "[]", "/sign-in"), 404],
    ["a form", send({ "next-action": id, "content-type": "multipart/form-data; boundary=x" }, "--x"), 415],
    ["a form of old", send({ "content-type": "application/x-www-form-urlencoded" }, "a=1"), 405],
    ["too much", send({ ...text, "next-action": id }, "x".repeat(1024 * 1024 + 1)), 413],
  ];
  for (const [called, answering, status] of cases) {
    const answer = await answering;
    expect(answer.status(), called).toBe(status);
    await expectInWords(answer, called);
  }
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const answer = await context.fetch("/escalations", { method, headers: { origin: cockpit.url } });
    expect([answer.status(), await answer.text()], method).toEqual([405, "Pages are only read. Nothing was done."]);
  }
});

/** Signs somebody else in with the cookies of an open page, as a second tab does. */
async function signInBeside(
  request: APIRequestContext,
  url: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  expect(
    (
      await request.post("/api/auth/callback/credentials", {
        headers: { origin: url },
        form: { csrfToken, email, password, json: "true" },
      })
    ).ok(),
  ).toBe(true);
}

test("what is pressed on a page is not done in the name of who signed in beside it, and what was typed stays", async ({
  browser,
  cockpit,
  denied,
}) => {
  const item = await denied();
  const accounts = Object.fromEntries(cockpit.accounts.map((account) => [account.role, account]));
  const context = await browser.newContext({ baseURL: cockpit.url, storageState: cockpit.states.Operator! });
  const page = await context.newPage();
  // A page that noticed it by itself would send nothing.
  await page.route(/\/api\/(live|person|auth\/session)/, (route) => route.abort());
  await page.goto(`/escalations/${item.id}`);
  await page.getByRole("tab", { name: "Comment", exact: true }).click();
  await page.getByRole("textbox", { name: "Comment" }).fill("The vendor will call back at noon.");
  await signInBeside(context.request, cockpit.url, accounts["Product Owner"]!);
  await page.getByRole("button", { name: "Write the comment" }).click();
  await expect(
    page.getByText("You are signed in as Paula Owner now; this page was Olga Operator’s. Nothing was done."),
  ).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Comment" })).toHaveValue("The vendor will call back at noon.");
  const events = await query<Event>(
    cockpit.dataDir,
    `SELECT "actorId", "body" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.comment'`,
    [item.id],
  );
  expect(
    events.map(({ body }) => JSON.parse(body) as { outcome: string; actor: { name: string }; because: string }),
  ).toMatchObject([
    {
      outcome: "refused",
      actor: { name: "Paula Owner" },
      because: "It was pressed on a page that was drawn for somebody else.",
    },
  ]);
  await context.close();
});
