import { randomUUID } from "node:crypto";
import type { ItemActName } from "@/lib/model/actions";
import { actOnItem, callAction } from "./support/actions";
import { query } from "./support/database";
import { openItem } from "./support/open-item";
import { expect, test, type RoleName } from "./support/test";

/** Section 2 of the operating model, row "Escalation queue", written by hand: R and A may act, C and I may not. */
const letters: Record<RoleName, "A" | "R" | "C" | "I"> = {
  "Product Owner": "A",
  "Tech Lead": "I",
  Operator: "R",
  "Security/Compliance": "C",
  Stakeholder: "I",
};
const may = (role: RoleName) => letters[role] === "A" || letters[role] === "R";

const resolution = { outcome: "duplicate", note: "Tried in the matrix of rights.", lateCause: null };

for (const role of Object.keys(letters) as RoleName[]) {
  test(`${role} (${letters[role]}) ${may(role) ? "may" : "may not"} claim, release and resolve, also without the page`, async ({
    cockpit,
    denied,
    http,
  }) => {
    const [first, second] = [await denied(), await denied()];
    const context = await http(role);
    const call = async (act: ItemActName, input: Record<string, unknown>) =>
      (await actOnItem(context, cockpit, act, input)).status();

    expect(await call("claim", { id: first.id, version: first.version })).toBe(may(role) ? 200 : 403);
    expect(await call("release", { id: first.id, version: first.version + 1 })).toBe(may(role) ? 200 : 403);
    expect(await call("resolve", { id: second.id, version: second.version, ...resolution })).toBe(
      may(role) ? 200 : 403,
    );

    const events = await query<{ action: string; outcome: string }>(
      cockpit.dataDir,
      `SELECT "action", "outcome" FROM "AuditEvent" WHERE "subjectId" = ANY($1) AND "action" = ANY($2) ORDER BY "seq"`,
      [
        [first.id, second.id],
        ["escalation.claim", "escalation.release", "escalation.resolve"],
      ],
    );
    const outcome = may(role) ? "done" : "refused";
    expect(events).toEqual([
      { action: "escalation.claim", outcome },
      { action: "escalation.release", outcome },
      { action: "escalation.resolve", outcome },
    ]);
    const [row] = await query<{ status: string }>(
      cockpit.dataDir,
      `SELECT "status" FROM "Escalation" WHERE "id" = $1`,
      [second.id],
    );
    expect(row).toEqual({ status: may(role) ? "resolved" : "open" });
  });
}

for (const role of Object.keys(letters) as RoleName[]) {
  const mayDecide = letters[role] === "A";
  test(`${role} (${letters[role]}) ${mayDecide ? "may" : "may not"} sign a breach off, also without the page`, async ({
    cockpit,
    breached,
    http,
  }) => {
    const item = await breached({ owner: "rights:breach" });
    const answer = await actOnItem(await http(role), cockpit, "sign-off", {
      id: item.id,
      version: item.version,
      note: "Tried in the matrix of rights.",
    });
    expect(answer.status()).toBe(mayDecide ? 200 : 403);

    const events = await query<{ outcome: string }>(
      cockpit.dataDir,
      `SELECT "outcome" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.sign-off'`,
      [item.id],
    );
    expect(events).toEqual([{ outcome: mayDecide ? "done" : "refused" }]);
    const [row] = await query<{ note: string | null }>(
      cockpit.dataDir,
      `SELECT "signOffNote" AS "note" FROM "Escalation" WHERE "id" = $1`,
      [item.id],
    );
    expect(row).toEqual({ note: mayDecide ? "Tried in the matrix of rights." : null });
  });
}

/** Each act on an item of each path, by the letter that the document gives a role on the path's row; written by hand. */
const rows = {
  contract_drift: {
    "Product Owner": "I",
    "Tech Lead": "R",
    Operator: "R",
    "Security/Compliance": "I",
    Stakeholder: "I",
  },
  integrity: { "Product Owner": "I", "Tech Lead": "R", Operator: "I", "Security/Compliance": "R", Stakeholder: "C" },
  incident: { "Product Owner": "A", "Tech Lead": "R", Operator: "R", "Security/Compliance": "I", Stakeholder: "I" },
} as const;

for (const path of Object.keys(rows) as (keyof typeof rows)[]) {
  test(`of an item of ${path}, each role may do what its letter on that row says, also without the page`, async ({
    cockpit,
    http,
  }) => {
    const subject = `rights of ${path} ${randomUUID().slice(0, 8)}`;
    const { id } = await openItem(await http("Tech Lead"), cockpit, { path, subject, severity: "P3" });
    for (const [role, letter] of Object.entries(rows[path]) as [RoleName, string][]) {
      const context = await http(role);
      const call = async (act: ItemActName, input: Record<string, unknown> = {}) => {
        const { version } = (await (await context.get(`/api/escalations/${id}`)).json()) as { version: number };
        return (await actOnItem(context, cockpit, act, { id, version, ...input })).status();
      };
      const acts = letter === "R" || letter === "A";
      const speaks = acts || letter === "C";
      expect([role, await call("claim")]).toEqual([role, acts ? 200 : 403]);
      expect([role, await call("comment", { text: "Tried in the matrix of rights." })]).toEqual([
        role,
        speaks ? 200 : 403,
      ]);
      expect([role, await call("advise", { text: "Tried in the matrix of rights." })]).toEqual([
        role,
        speaks ? 200 : 403,
      ]);
      expect([role, await call("release")]).toEqual([role, acts ? 200 : 403]);
      const opening = {
        path,
        subject: `${subject} by ${role}`,
        reason: "Tried in the matrix of rights.",
        owner: null,
        lane: "standard",
        severity: "P4",
      };
      expect([role, (await callAction(context, cockpit, "openEscalation", opening)).status()]).toEqual([
        role,
        acts ? 200 : 403,
      ]);
    }
  });
}

test("nobody signed in may do nothing, and bad input changes nothing", async ({
  cockpit,
  denied,
  http,
  playwright,
}) => {
  const item = await denied();
  const stranger = await playwright.request.newContext({ baseURL: cockpit.url });
  expect((await actOnItem(stranger, cockpit, "claim", { id: item.id, version: item.version })).status()).toBe(401);
  expect((await stranger.get("/api/escalations")).status()).toBe(401);
  expect((await stranger.get(`/api/escalations/${item.id}`)).status()).toBe(401);
  for (const route of [
    "/api/inbox",
    "/api/together?of=inbox",
    "/api/together?list=",
    "/api/duty",
    "/api/views",
    "/api/escalations/next",
  ])
    expect((await stranger.get(route)).status(), route).toBe(401);
  await stranger.dispose();

  const operator = await http("Operator");
  const resolve = async (input: Record<string, unknown>) =>
    (await actOnItem(operator, cockpit, "resolve", input)).status();
  const whole = { id: item.id, version: item.version, ...resolution };
  expect(await resolve({ ...whole, id: "1; DROP TABLE" })).toBe(400);
  expect(await resolve({ ...whole, note: "" })).toBe(400);
  expect(await resolve({ ...whole, outcome: "won" })).toBe(400);
  expect(await resolve({ ...whole, version: -1 })).toBe(400);
  expect(await resolve({ ...whole, id: "01890000-0000-7000-8000-000000000000" })).toBe(404);
  expect(await resolve({ ...whole, version: item.version + 5 })).toBe(409);
  const [row] = await query<{ status: string; version: number }>(
    cockpit.dataDir,
    `SELECT "status", "version" FROM "Escalation" WHERE "id" = $1`,
    [item.id],
  );
  expect(row).toEqual({ status: "open", version: item.version });
});

test("another site cannot act with a person's session", async ({ cockpit, denied, http }) => {
  const item = await denied();
  const operator = await http("Operator");
  const forged = await actOnItem(
    operator,
    cockpit,
    "claim",
    { id: item.id, version: item.version },
    "https://evil.example",
  );
  expect(forged.status()).toBeGreaterThanOrEqual(400);
  const { status } = (await (await operator.get(`/api/escalations/${item.id}`)).json()) as { status: string };
  expect(status).toBe("open");
});
