import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { personHeader } from "@/lib/kernel/act/whose";
import { fetchJson } from "./fetch-json";
import { drawnFor, hearPerson, otherPerson } from "./page-owner";

let given: { status: number; person?: string; body: unknown };
let server: Server;
const read = () => fetchJson<{ unread: number }>(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

beforeAll(async () => {
  server = createServer((_, response) =>
    response
      .writeHead(given.status, {
        "content-type": "application/json",
        ...(given.person && { [personHeader]: given.person }),
      })
      .end(JSON.stringify(given.body)),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  drawnFor({ id: "olga", name: "Olga Operator" });
});
afterAll(() => void server.close());
beforeEach(() => void hearPerson("olga"));

test("a page takes what is answered to its owner", async () => {
  given = { status: 200, person: "olga", body: { unread: 3 } };
  expect(await read()).toEqual({ unread: 3 });
  expect(otherPerson.get()).toBe(undefined);
});

test("what is answered to somebody else is no page's of hers, and she is told", async () => {
  given = { status: 200, person: "paula", body: { unread: 8 } };
  await expect(read()).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
    message: "You are signed in as somebody else now; this page was Olga Operator’s. What is shown is from before.",
  });
  expect(otherPerson.get()).toEqual({ id: "paula", name: null });
});

test("nor is a refusal to somebody else a refusal to her", async () => {
  given = {
    status: 403,
    person: "paula",
    body: { error: { code: "FORBIDDEN", message: "Only the Operator sees this.", requestId: "r" } },
  };
  await expect(read()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("an ended session is told as one", async () => {
  given = {
    status: 401,
    body: { error: { code: "UNAUTHENTICATED", message: "Your session has ended.", requestId: "r" } },
  };
  await expect(read()).rejects.toMatchObject({
    message: "You are signed out; this page was Olga Operator’s. What is shown is from before.",
  });
  expect(otherPerson.get()).toBe(null);
});

test("a refusal to her is told in its words, and a breakdown does not sign her out", async () => {
  given = {
    status: 403,
    person: "olga",
    body: { error: { code: "FORBIDDEN", message: "Only the Operator sees this.", requestId: "r" } },
  };
  await expect(read()).rejects.toMatchObject({ code: "FORBIDDEN", message: "Only the Operator sees this." });
  given = { status: 502, body: "bad gateway" };
  await expect(read()).rejects.toMatchObject({ code: "INTERNAL" });
  expect(otherPerson.get()).toBe(undefined);
});
