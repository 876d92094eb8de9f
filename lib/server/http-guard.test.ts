import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { actBegins, setResponseStatus } from "@/lib/kernel/act/response-status";
import { closingServer, guardRequest, secureHeaders } from "./http-guard.mjs";
import type { Own } from "./origin-guard.mjs";
import { withOwnStatus } from "./response-status.mjs";

const servers: http.Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function serve(handle: http.RequestListener): Promise<{ server: http.Server; url: string }> {
  const server = http.createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const request = (headers: Record<string, string>, remoteAddress: string) =>
  ({ headers, socket: { remoteAddress } }) as unknown as http.IncomingMessage;

const own: Own = { url: "http://localhost:3000", trustProxy: false, actions: new Set() };

describe("whom a request comes from", () => {
  it.each([
    [
      "is the socket's address, whatever it pretends",
      { "x-forwarded-for": "1.2.3.4", "x-forwarded-host": "evil.example" },
      "10.0.0.7",
      false,
      { "x-forwarded-for": "10.0.0.7" },
    ],
    ["is an IPv4 address also on an IPv6 socket", {}, "::ffff:10.0.0.7", false, { "x-forwarded-for": "10.0.0.7" }],
    [
      "is, behind a trusted proxy, what that proxy saw",
      { "x-forwarded-for": "1.2.3.4, 5.6.7.8", "x-forwarded-proto": "https" },
      "10.0.0.1",
      true,
      { "x-forwarded-for": "5.6.7.8", "x-forwarded-proto": "https" },
    ],
    ["is the proxy itself when it says nothing", {}, "10.0.0.1", true, { "x-forwarded-for": "10.0.0.1" }],
  ])("%s", (_, headers: Record<string, string>, address, trusts, expected) => {
    const incoming = request(headers, address);
    expect(guardRequest(incoming, { ...own, trustProxy: trusts })).toBeUndefined();
    expect(incoming.headers).toEqual({ ...expected, host: "localhost:3000" });
  });
});

describe("a body", () => {
  it.each([
    ["without a length", { "transfer-encoding": "chunked" }, 411],
    ["longer than 1 MiB", { "content-length": "1048577" }, 413],
    ["of 1 MiB", { "content-length": "1048576" }, undefined],
  ])("%s is refused: %s", (_, headers: Record<string, string>, status) => {
    expect(guardRequest(request(headers, "10.0.0.7"), own)?.status).toBe(status);
  });
});

it("tells browsers to insist on https only where that is spoken", () => {
  const names = (https: boolean) => secureHeaders(https).map(([name]) => name);
  expect(names(true)).toContain("Strict-Transport-Security");
  expect(names(false)).not.toContain("Strict-Transport-Security");
});

it("sends the status an action asked for, and leaves others alone", async () => {
  const { url } = await serve((incoming, response) =>
    withOwnStatus(response, false, async () => {
      await Promise.resolve();
      if (incoming.url === "/refused") setResponseStatus(403);
      if (incoming.url === "/moved") {
        setResponseStatus(403);
        response.statusCode = 303;
      }
      response.end("answer");
    }),
  );
  const status = async (path: string) => (await fetch(url + path, { redirect: "manual" })).status;
  expect([await status("/fine"), await status("/refused"), await status("/moved")]).toEqual([200, 403, 303]);
});

describe("an answer in words of our own, without a stack and the framework's name", () => {
  const answers: Record<string, (response: http.ServerResponse) => void> = {
    "an act whose body Next could not read": (response) =>
      void response.writeHead(500, { "content-type": "text/x-component" }).end("0:{digest}"),
    "the same, piece by piece": (response) => {
      response.statusCode = 500;
      response.write("1:E{");
      response.write("stack}");
      response.end();
    },
    "an act that the page does not have": (response) => {
      response.setHeader("x-nextjs-action-not-found", "1");
      response.statusCode = 409;
      response.end("Server Action unavailable.");
    },
    "an act that began and failed": (response) => {
      actBegins();
      response.statusCode = 500;
      response.end("ours");
    },
    "an act that was done": (response) => {
      actBegins();
      response.end("done");
    },
    "an error without a word": (response) => {
      response.statusCode = 405;
      response.end();
    },
    "an error whose headers went ahead": (response) => {
      response.statusCode = 405;
      response.flushHeaders();
      response.end();
    },
    "an error with words": (response) => {
      response.statusCode = 404;
      response.end("There is no such page.");
    },
  };
  it.each<[string, boolean, number, string]>([
    ["an act whose body Next could not read", true, 400, "What was sent cannot be read. Nothing was done."],
    ["the same, piece by piece", true, 400, "What was sent cannot be read. Nothing was done."],
    ["an act that the page does not have", true, 404, "This page has no such act. Reload it. Nothing was done."],
    ["an act that began and failed", true, 500, "ours"],
    ["an act that was done", true, 200, "done"],
    ["an error without a word", false, 405, "This address is not asked in this way. Nothing was done."],
    ["an error whose headers went ahead", false, 405, "This address is not asked in this way. Nothing was done."],
    ["an error with words", false, 404, "There is no such page."],
  ])("%s", async (name, isAct, status, says) => {
    const { url } = await serve((_, response) => withOwnStatus(response, isAct, async () => answers[name]!(response)));
    const answer = await fetch(url, { method: "POST" });
    expect([answer.status, await answer.text()]).toEqual([status, says]);
  });
});

it("finishes answers under way when it ends, and cuts live updates and connections that ask nothing", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const { server, url } = await serve((incoming, response) => {
    if (incoming.url === "/live") response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n");
    else void held.then(() => response.end("whole"));
  });
  const close = closingServer(server);
  const live = await fetch(`${url}/live`, { headers: { accept: "text/event-stream" } });
  const silent = net.connect(Number(new URL(url).port), "127.0.0.1");
  const cut = new Promise((resolve) => silent.once("close", resolve));
  await new Promise((resolve) => server.once("connection", resolve));
  const arrived = new Promise((resolve) => server.once("request", resolve));
  const slow = fetch(`${url}/slow`).then((response) => response.text());
  await arrived;
  const closed = close();
  await expect(live.text()).rejects.toThrow();
  release();
  expect(await slow).toBe("whole");
  await cut;
  await closed;
});
