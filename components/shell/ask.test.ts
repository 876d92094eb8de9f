import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { drawnFor, hearPerson, otherPerson } from "@/lib/kernel/query/page-owner";
import { ask } from "./ask";
import { refusing } from "./refused-act";

type Given = { status: number; type: string; body: string; headers?: Record<string, string> };

let given: Given;
let server: Server;
beforeAll(async () => {
  server = createServer((_, response) =>
    response.writeHead(given.status, { "content-type": given.type, ...given.headers }).end(given.body),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => void server.close());

/** As Next calls an action and reads its answer. */
async function press(): Promise<ActionResult<string>> {
  const answer = await refusing(fetch)(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: "POST",
    headers: { "next-action": "id" },
  });
  if (answer.headers.has("x-nextjs-action-not-found"))
    throw new Error('Server Action "id" was not found on the server.');
  if (!answer.headers.get("content-type")?.startsWith("text/x-component"))
    throw new Error("An unexpected response was received from the server.");
  return (await answer.json()) as ActionResult<string>;
}

const unknown = "No answer came from the server, so it is not known whether this was done. What you typed is kept.";
const own = (status: number, body: ActionResult<string>): Given => ({
  status,
  type: "text/x-component",
  body: JSON.stringify(body),
});

test.each<[string, Given, string | null]>([
  ["what was done is done", own(200, { ok: true, data: "done" }), null],
  [
    "an action's own no is told in its words",
    own(403, { ok: false, error: { code: "FORBIDDEN", message: "Only the Operator may.", requestId: "r" } }),
    "Only the Operator may.",
  ],
  [
    "the server's refusal is told as one",
    { status: 403, type: "text/plain; charset=utf-8", body: "This came from another site.\n" },
    "This came from another site. Nothing was done.",
  ],
  [
    "a refusal that says so itself is not said twice",
    { status: 401, type: "text/plain", body: "Your session has ended. Nothing was done." },
    "Your session has ended. Nothing was done.",
  ],
  [
    "a proxy's page is not shown, its refusal is",
    { status: 413, type: "text/html", body: "<h1>Too large</h1>" },
    "The server refused this (HTTP 413). Nothing was done.",
  ],
  ["of a breakdown it is not known", { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" }, unknown],
  ["nor of one that speaks plainly", { status: 500, type: "text/plain", body: "Internal Server Error" }, unknown],
  [
    "a page older than the server is told so",
    { status: 404, type: "text/plain", body: "", headers: { "x-nextjs-action-not-found": "1" } },
    "This page is older than the server. Nothing was done. Copy what you typed, then reload the page.",
  ],
])("%s", async (_, answer, says) => {
  given = answer;
  const asked = await ask(press);
  expect(asked.done ? null : asked.failure.message).toBe(says);
});

test("where nothing answers it is not known", async () => {
  const asked = await ask(() =>
    refusing(fetch)("http://127.0.0.1:1/", { headers: { "next-action": "id" } }).then(() => ({ ok: true, data: "" })),
  );
  expect(asked).toEqual({ done: false, failure: { message: unknown, requestId: null } });
});

test("a read that is refused stays an answer", async () => {
  given = { status: 403, type: "text/plain", body: "No." };
  expect((await refusing(fetch)(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).status).toBe(403);
});

test("on a page of somebody else's nothing is sent", async () => {
  drawnFor({ id: "o", name: "Olga Operator" });
  hearPerson("p", "Paula Owner");
  let sent = false;
  const asked = await ask(async () => {
    sent = true;
    return { ok: true, data: "" };
  });
  expect(asked).toMatchObject({
    done: false,
    failure: { message: "You are signed in as Paula Owner now; this page was Olga Operator’s. Nothing was done." },
  });
  expect(sent).toBe(false);
  hearPerson("o");
});

test("an act that meets an ended session lets the page know", async () => {
  given = own(401, {
    ok: false,
    error: { code: "UNAUTHENTICATED", message: "You are not signed in.", requestId: "r" },
  });
  drawnFor({ id: "o", name: "Olga Operator" });
  await ask(press);
  expect(otherPerson.get()).toBe(null);
  hearPerson("o");
});
