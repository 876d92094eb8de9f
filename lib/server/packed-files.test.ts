import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packScripts } from "./pack-scripts";
import { PackedFiles } from "./packed-files.mjs";

const script = "console.log('the same again and again');".repeat(200);
let build: string;
let server: http.Server;

beforeAll(async () => {
  build = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-packed-"));
  const chunks = path.join(build, ".next/static/chunks");
  fs.mkdirSync(chunks, { recursive: true });
  fs.writeFileSync(path.join(chunks, "page.js"), script);
  fs.writeFileSync(path.join(chunks, "page.css"), "a { color: red }");
  fs.writeFileSync(path.join(build, "secret.js.br"), "secret");
  await packScripts(path.join(build, ".next/static"));
  const files = new PackedFiles(build);
  server = http.createServer((request, response) => {
    if (!files.answer(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => {
  server.close();
  fs.rmSync(build, { recursive: true, force: true });
});

function ask(address: string, accepted: string, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${address}`, { method, headers: { "accept-encoding": accepted } });
}

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["gzip, br;q=0", "gzip"],
])("who takes %s gets a script as %s, for good", async (accepted, encoding) => {
  const answer = await ask("/_next/static/chunks/page.js", accepted);
  expect(answer.headers.get("content-encoding")).toBe(encoding);
  expect(Number(answer.headers.get("content-length"))).toBeLessThan(script.length / 4);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual([
    "application/javascript; charset=UTF-8",
    script,
  ]);
});

test("a style sheet is one", async () => {
  const answer = await ask("/_next/static/chunks/page.css?later", "br");
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual([
    "text/css; charset=UTF-8",
    "a { color: red }",
  ]);
});

test.each([
  ["GET", "/_next/static/chunks/page.js", "identity"],
  ["GET", "/_next/static/chunks/page.js.br", "br"],
  ["GET", "/_next/static/chunks/none.js", "br"],
  ["GET", "/_next/static/../../secret.js", "br"],
  ["GET", "/_next/static/%2e%2e/%2e%2e/secret.js", "br"],
  ["HEAD", "/_next/static/chunks/page.js", "br"],
  ["GET", "/escalations", "br"],
])("%s %s for who takes %s is Next's to answer", async (method, address, accepted) =>
  expect((await ask(address, accepted, method)).status).toBe(418),
);
