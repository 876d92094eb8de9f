import { query } from "./support/database";
import { send } from "./support/raw";
import { expect, test } from "./support/test";

/** Every action that next-auth has a route for, with its provider's where it takes one. */
const routes = [
  "",
  "/providers",
  "/session",
  "/csrf",
  "/signin",
  "/signin/credentials",
  "/signout",
  "/callback",
  "/callback/credentials",
  "/verify-request",
  "/error",
  "/_log",
  "/callback/github",
  "/nothing",
];
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** The only ones that the product uses. */
const used: Record<string, string> = { "/csrf": "GET", "/callback/credentials": "POST" };

const nothingRuns = "default-src 'none'; frame-ancestors 'none'";
const jsonBody = JSON.stringify({ level: "error", code: "X", message: "y".repeat(5000) });

for (const route of routes) {
  test(`/api/auth${route} answers ${used[route] ?? "nothing"} and refuses the rest in words, loading nothing`, async ({
    cockpit,
  }) => {
    const logged = cockpit.said().length;
    for (const method of methods) {
      const body = ["POST", "PUT", "PATCH"].includes(method) ? jsonBody : undefined;
      const answer = await send(cockpit.url, {
        method,
        path: `/api/auth${route}`,
        headers: { "content-type": "application/json" },
        body,
      });
      const name = `${method} ${route}`;
      const expected = used[route] ? (used[route] === method ? (method === "GET" ? 200 : 400) : 405) : 404;
      expect([
        name,
        answer.status,
        answer.headers["content-security-policy"],
        answer.headers["x-content-type-options"],
      ]).toEqual([name, expected, nothingRuns, "nosniff"]);
      if (expected === 405) expect([name, answer.headers.allow]).toEqual([name, used[route]]);
      // The address without anything below is no route of ours, and gets Next's own page.
      if (expected >= 400 && route && method !== "HEAD")
        expect((JSON.parse(answer.body) as { error: { message: string } }).error.message, name).toMatch(/^[A-Z].*\.$/);
      expect(answer.body, name).not.toMatch(/ at .*\.js|node_modules|yyyy/);
    }
    expect(cockpit.said().slice(logged)).not.toContain("yyyy");
  });
}

for (const path of ["/api/nothing", "/_next/nothing", "/_next/static/nothing.js", "/api/escalations"]) {
  test(`${path} loads nothing, whatever it answers`, async ({ cockpit }) => {
    const answer = await send(cockpit.url, { path });
    expect([answer.status, answer.headers["content-security-policy"]]).toEqual([
      path === "/api/escalations" ? 401 : 404,
      nothingRuns,
    ]);
  });
}

test("pages keep a policy of their own, and only that", async ({ cockpit }) => {
  for (const path of ["/sign-in", "/sign-up"])
    expect((await send(cockpit.url, { path })).headers["content-security-policy"], path).toMatch(
      /^default-src 'self'; script-src 'self' 'nonce-[^,]+$/,
    );
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const credentials = new URLSearchParams({
  email: "operator@example.com",
  password: "cockpit-demo",
  csrfToken: "none",
  json: "true",
}).toString();

for (const [what, path, headers, body, status] of [
  [
    "a sign-in from another site",
    "/api/auth/callback/credentials",
    { ...form, origin: "https://evil.example" },
    credentials,
    403,
  ],
  [
    "a sign-in from a page that says nothing of itself",
    "/api/auth/callback/credentials",
    { ...form, origin: "null" },
    credentials,
    403,
  ],
  ["a sign-in without the form's token", "/api/auth/callback/credentials", form, credentials, 403],
  ["a sign-in that is JSON", "/api/auth/callback/credentials", { "content-type": "application/json" }, "{", 400],
  ["a sign-in without a body", "/api/auth/callback/credentials", {}, "", 400],
  ["a sign-in of 20 kB", "/api/auth/callback/credentials", form, `email=${"x".repeat(20_000)}`, 400],
  [
    "a sign-in of bytes that are no text",
    "/api/auth/callback/credentials",
    form,
    "email=%ff%fe&password=%00&json=true&%",
    403,
  ],
  ["a sign-up from another site", "/api/sign-up", { origin: "https://evil.example" }, "{}", 403],
  ["a sign-up from a page that says nothing of itself", "/api/sign-up", { origin: "null" }, "{}", 403],
  ["a sign-up from no address at all", "/api/sign-up", { origin: "what is this" }, "{}", 403],
  ["a sign-up that is cut off", "/api/sign-up", {}, `{"email": "a`, 400],
  ["a sign-up that is a list", "/api/sign-up", {}, "[]", 400],
  ["a sign-up without a body", "/api/sign-up", {}, "", 400],
  ["a sign-up of 20 kB", "/api/sign-up", {}, `{"email": "${"x".repeat(20_000)}"}`, 400],
  ["a sign-out from another site", "/api/sign-out", { origin: "null" }, "", 403],
] as const) {
  test(`${what} is refused in words`, async ({ cockpit }) => {
    const answer = await send(cockpit.url, { method: "POST", path, headers, body });
    expect([answer.status, answer.headers["content-security-policy"]]).toEqual([status, nothingRuns]);
    expect(answer.body).toMatch(/"message":"[A-Z][^"]*\."|^[A-Z].*\.\s*$|error=Stale/);
    expect(answer.body).not.toMatch(/ at .*\.js|node_modules/);
  });
}

test("a one-time link that does not work is refused in words, and is in the chain", async ({ cockpit }) => {
  const link = {
    token: "not-a-link-that-was-ever-made",
    email: "eve@example.com",
    name: "Eve",
    password: "a password of Eve",
  };
  const answer = await send(cockpit.url, {
    method: "POST",
    path: "/api/sign-up",
    body: JSON.stringify(link),
    headers: { origin: cockpit.url },
  });
  expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Ask for a new one.")]);
  const [event] = await query<{ body: string }>(
    cockpit.dataDir,
    `SELECT "body" FROM "AuditEvent" WHERE "action" = 'person.add' AND "outcome" = 'refused'`,
  );
  expect(JSON.parse(event!.body)).toMatchObject({ actor: { kind: "nobody" }, after: { from: "127.0.0.0/24" } });
  expect(event!.body).not.toMatch(/Eve|eve|not-a-link/);
});
