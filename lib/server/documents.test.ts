import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { drawsShell, whoseShell } from "@/lib/kernel/act/drawn-shell";
import type { PersonActor } from "@/lib/model/decide";
import { Documents, isDocument } from "./documents.mjs";

const olga: PersonActor = { kind: "person", id: "olga", name: "Olga", roles: ["operator"] };
const otto: PersonActor = { ...olga, id: "otto", name: "Otto" };

/** Next, as far as it matters here: draws a page of whoever is signed in by then, with a nonce of its own. */
function drawing(who: { person: PersonActor; refused?: boolean; status?: number }) {
  let times = 0;
  const draw = async (_request: IncomingMessage, response: ServerResponse) => {
    await new Promise(setImmediate);
    times++;
    const nonce = `drawn-with-the-nonce-${times}`;
    if (!who.refused) drawsShell(who.person);
    response.statusCode = who.status ?? 200;
    response.setHeader("content-security-policy", `script-src 'nonce-${nonce}'`);
    response.setHeader("cache-control", "private, no-store");
    response.flushHeaders();
    response.write(`<html><body><script nonce="${nonce}"></script>${who.person.name}`);
    response.end("</body></html>");
  };
  return { draw, times: () => times };
}

let server: http.Server | undefined;
afterEach(() => server?.close());

/** A server of such documents; `asks`: whom the session names for each request. */
async function serving(documents: Documents, asks: () => { person: PersonActor; known?: string }) {
  server = http.createServer((request, response) => {
    const { person, known = "{}" } = asks();
    const whose = whoseShell(person);
    void documents.answer(request, response, { whose, key: `${request.url} ${whose}`, known: Promise.resolve(known) });
  });
  await new Promise<void>((done) => server!.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async (path = "/list") => {
    const answer = await fetch(address + path);
    const policy = answer.headers.get("content-security-policy") ?? "";
    return {
      status: answer.status,
      nonce: /'nonce-([^']+)'/.exec(policy)?.[1],
      headers: answer.headers,
      text: await answer.text(),
    };
  };
}

test("a shell is drawn once, and sent each time with a nonce of its own, which every script has", async () => {
  const { draw, times } = drawing({ person: olga });
  const ask = await serving(new Documents(draw), () => ({ person: olga, known: '{"known":[]}' }));
  const answers = [await ask(), await ask(), await ask()];
  expect(times()).toBe(1);
  expect(new Set(answers.map(({ nonce }) => nonce)).size).toBe(3);
  for (const { nonce, text, headers } of answers) {
    const scripts = text.match(/<script\b[^>]*>/g)!;
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(text).not.toContain("drawn-with-the-nonce");
    expect(text).toMatch(/<html><body>.*Olga.*\{"known":\[\]\}<\/script><\/body><\/html>$/);
    expect(headers.get("cache-control")).toBe("private, no-store");
  }
});

test("nobody is shown the shell of somebody else, and with other roles it is drawn anew", async () => {
  const who = { person: olga };
  const { draw, times } = drawing(who);
  const ask = await serving(new Documents(draw), () => who);
  expect((await ask()).text).toContain("Olga");
  who.person = otto;
  expect((await ask()).text).toContain("Otto");
  who.person = { ...olga, roles: ["stakeholder"] };
  expect((await ask()).text).toContain("Olga");
  expect(times()).toBe(3);
  who.person = olga;
  await ask();
  expect(times()).toBe(3);
});

test("a shell that was drawn with other roles than those it was asked for with is not kept", async () => {
  const { draw, times } = drawing({ person: { ...olga, roles: [] } });
  const ask = await serving(new Documents(draw), () => ({ person: olga }));
  for (let count = 1; count <= 2; count++) {
    expect(await ask()).toMatchObject({ status: 200, nonce: `drawn-with-the-nonce-${count}` });
    expect(times()).toBe(count);
  }
});

test.each([
  ["a page that is no shell", { person: olga, refused: true }, 200],
  ["an error", { person: olga, status: 500 }, 500],
])("%s is answered as it was drawn, and not kept", async (_, who, status) => {
  const { draw, times } = drawing(who);
  const ask = await serving(new Documents(draw), () => ({ person: olga }));
  const [first, second] = [await ask(), await ask()];
  expect([first.status, second.status, times()]).toEqual([status, status, 2]);
  expect(first.text).not.toContain('id="known"');
});

test("who asks while a shell is being drawn waits for it, and no more are kept than may be", async () => {
  const { draw, times } = drawing({ person: olga });
  const ask = await serving(new Documents(draw, 3), () => ({ person: olga }));
  await Promise.all(Array.from({ length: 8 }, () => ask()));
  expect(times()).toBe(1);
  for (const path of ["/a", "/b", "/list", "/c"]) await ask(path);
  expect(times()).toBe(4);
  for (const path of ["/b", "/list", "/c"]) await ask(path);
  expect(times()).toBe(4);
  await ask("/a");
  expect(times()).toBe(5);
});

test("without script the page is asked for whole, by an address that is text in it", async () => {
  const { draw } = drawing({ person: olga });
  const ask = await serving(new Documents(draw), () => ({ person: olga }));
  expect((await ask("/list?a=1&b=%22")).text).toContain('content="0; url=/list?a=1&amp;b=%22&amp;drawn=whole"');
});

test.each([
  ["GET", "/escalations?sla=past", {}, true],
  ["HEAD", "/escalations", {}, false],
  ["POST", "/escalations", {}, false],
  ["GET", "/escalations", { rsc: "1" }, false],
  ["GET", "/escalations?drawn=whole", {}, false],
  ["GET", "/api/escalations", {}, false],
  ["GET", `/escalations?owner=${"x".repeat(2000)}`, {}, false],
])("%s %s with %j is a document: %s", (method, url, headers, is) =>
  expect(isDocument({ method, url, headers } as unknown as IncomingMessage)).toBe(is),
);
