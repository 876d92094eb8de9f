import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { fetchJson } from "./fetch-json";
import { fetchAlong, fetchTogether } from "./fetch-together";

/** A page of a list, which is waited for. */
const fetchList = (asks: string): Promise<unknown> => fetchAlong("list", asks, () => fetchJson(`/api/list?${asks}`));

let asked: string[] = [];
let answer: unknown;
let server: Server;
const at = fetch;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    response
      .writeHead(answer === null ? 503 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(answer ?? { error: { code: "UNAVAILABLE", message: "Full.", requestId: "r" } }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // The page's own server; relative addresses mean nothing outside a browser.
  vi.stubGlobal("fetch", (url: string, init?: RequestInit) =>
    at(`http://127.0.0.1:${(server.address() as AddressInfo).port}${url}`, init),
  );
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});
beforeEach(() => void (asked = []));

test("what is asked for within a moment is one request, and each hears its own answer", async () => {
  answer = { of: { queue: { data: { active: 3 } }, inbox: { data: { unread: 1 } } } };
  expect(await Promise.all([fetchTogether("queue"), fetchTogether("inbox"), fetchTogether("queue")])).toEqual([
    { active: 3 },
    { unread: 1 },
    { active: 3 },
  ]);
  expect(asked).toEqual(["/api/together?of=queue&of=inbox"]);
});

test("a refusal of one is no refusal of the others", async () => {
  answer = {
    of: {
      queue: { data: { active: 3 } },
      overrides: { error: { code: "FORBIDDEN", message: "Not yours.", requestId: "r" } },
    },
  };
  const [queue, overrides] = await Promise.allSettled([fetchTogether("queue"), fetchTogether("overrides")]);
  expect(queue).toEqual({ status: "fulfilled", value: { active: 3 } });
  expect(overrides).toMatchObject({
    status: "rejected",
    reason: { code: "FORBIDDEN", message: "Not yours.", requestId: "r" },
  });
});

test("what is refused as a whole, and what is not answered, is refused to each", async () => {
  answer = null;
  expect((await Promise.allSettled([fetchTogether("queue"), fetchTogether("inbox")])).map((one) => one.status)).toEqual(
    ["rejected", "rejected"],
  );
  answer = { of: {} };
  await expect(fetchTogether("queue")).rejects.toMatchObject({ code: "INTERNAL" });
});

test("a list takes along what is being gathered, in one request at once", async () => {
  answer = { of: { queue: { data: { active: 3 } }, list: { data: { rows: [1] } } } };
  const [queue, list] = await Promise.all([fetchTogether("queue"), fetchList("sort=due&owner=a%26b")]);
  expect([queue, list]).toEqual([{ active: 3 }, { rows: [1] }]);
  expect(asked).toEqual(["/api/together?of=queue&list=sort%3Ddue%26owner%3Da%2526b"]);
});

test("a list for which nothing is being gathered is read by itself, and so is a second one", async () => {
  answer = { rows: [2], of: { queue: { data: 1 }, list: { data: { rows: [1] } } } };
  expect(await fetchList("sort=due")).toMatchObject({ rows: [2] });
  const [, first, second] = await Promise.all([fetchTogether("queue"), fetchList(""), fetchList("a=b")]);
  expect([first, second]).toMatchObject([{ rows: [1] }, { rows: [2] }]);
  expect(asked).toEqual(["/api/list?sort=due", "/api/together?of=queue&list=", "/api/list?a=b"]);
});

test("a list that is refused refuses nothing that went along", async () => {
  answer = {
    of: { queue: { data: 1 }, list: { error: { code: "INTERNAL", message: "Torn.", requestId: "r" } } },
  };
  const [queue, list] = await Promise.allSettled([fetchTogether("queue"), fetchList("")]);
  expect(queue).toEqual({ status: "fulfilled", value: 1 });
  expect(list).toMatchObject({ status: "rejected", reason: { code: "INTERNAL", message: "Torn." } });
});

test("what is asked for later is asked for anew", async () => {
  answer = { of: { queue: { data: { active: 4 } } } };
  expect(await fetchTogether("queue")).toEqual({ active: 4 });
  expect(asked).toHaveLength(1);
});
