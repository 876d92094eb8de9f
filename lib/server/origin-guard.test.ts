import type http from "node:http";
import { describe, expect, it } from "vitest";
import { ask } from "@/components/shell/ask";
import { refusing } from "@/components/shell/refused-act";
import { guardRequest } from "./http-guard.mjs";
import { otherAddress, type Own, type Refusal } from "./origin-guard.mjs";

const known = "40".repeat(21);
const far: Own = { url: "https://cockpit.example.org", trustProxy: true, actions: new Set([known]) };
const here: Own = { url: "http://localhost:3000", trustProxy: false, actions: new Set([known]) };

const act = { "next-action": known, "content-type": "text/plain;charset=UTF-8", "content-length": "2" };
const request = (method: string, url: string, headers: Record<string, string>) =>
  ({ method, url, headers: { ...headers }, socket: { remoteAddress: "10.0.0.7" } }) as unknown as http.IncomingMessage;
const guard = (own: Own, method: string, url: string, headers: Record<string, string>): Refusal | undefined =>
  guardRequest(request(method, url, headers), own);

describe("an act of a page at COCKPIT_URL is let in, any other is refused with a sentence", () => {
  it.each<[string, Own, Record<string, string>, number | undefined]>([
    ["its origin", far, { origin: "https://cockpit.example.org", host: "cockpit.example.org" }, undefined],
    [
      "its origin, though the proxy sends another Host",
      far,
      { origin: "https://cockpit.example.org", host: "10.0.0.3:3000" },
      undefined,
    ],
    [
      "its origin, though the proxy says another host",
      far,
      { origin: "https://cockpit.example.org", host: "x", "x-forwarded-host": "y" },
      undefined,
    ],
    ["another scheme", far, { origin: "http://cockpit.example.org", host: "cockpit.example.org" }, 403],
    ["another port", far, { origin: "https://cockpit.example.org:8443", host: "cockpit.example.org" }, 403],
    ["another site, whose name the Host says too", far, { origin: "https://evil.example", host: "evil.example" }, 403],
    [
      "another site, whose name a forwarded host says",
      far,
      { origin: "https://evil.example", host: "cockpit.example.org", "x-forwarded-host": "evil.example" },
      403,
    ],
    [
      "a site whose name begins alike",
      far,
      { origin: "https://cockpit.example.org.evil.example", host: "cockpit.example.org" },
      403,
    ],
    ["no origin at all", far, { host: "cockpit.example.org" }, 403],
    [
      "no origin, in the words of a browser",
      far,
      { host: "cockpit.example.org", "sec-fetch-site": "same-origin" },
      403,
    ],
    ["an origin that is null", far, { origin: "null", host: "cockpit.example.org" }, 403],
    ["an origin that is none", far, { origin: "::::", host: "cockpit.example.org" }, 403],
    ["an empty origin", far, { origin: "", host: "cockpit.example.org" }, 403],
    ["this machine by one of its names", here, { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, undefined],
    ["this machine by another of its names", here, { origin: "http://[::1]:3000", host: "[::1]:3000" }, undefined],
    ["another server of this machine", here, { origin: "http://localhost:8080", host: "localhost:3000" }, 403],
    [
      "this machine, where the cockpit is elsewhere",
      far,
      { origin: "http://localhost:3000", host: "localhost:3000" },
      403,
    ],
  ])("%s", (_, own, headers, status) => {
    const refusal = guard(own, "POST", "/escalations", { ...act, ...headers });
    expect(refusal?.status).toBe(status);
    if (refusal)
      expect(refusal.says).toMatch(new RegExp(`Open .* at ${own.url} and try again\\. Nothing was done\\.$`));
    expect(refusal?.says ?? "").not.toContain("evil");
  });

  it("reaches Next as one that was sent to COCKPIT_URL, and is not handed on to another page", () => {
    const incoming = request("POST", "/escalations", {
      ...act,
      origin: "https://cockpit.example.org",
      host: "10.0.0.3:3000",
      "x-forwarded-host": "inner",
    });
    expect(guardRequest(incoming, far)).toBeUndefined();
    expect(incoming.headers).toMatchObject({
      host: "cockpit.example.org",
      origin: "https://cockpit.example.org",
      "x-action-forwarded": "1",
    });
    expect(incoming.headers).not.toHaveProperty("x-forwarded-host");
  });
});

describe("in development", () => {
  const developing: Own = { ...here, actions: "any" };
  const of = { origin: "http://localhost:3000", host: "localhost:3000" };

  it.each<[string, Own, string, Record<string, string>, number | undefined]>([
    [
      "an act that is compiled only now is let in",
      developing,
      "/escalations",
      { ...act, ...of, "next-action": "41".repeat(21) },
      undefined,
    ],
    [
      "another site's act is not",
      developing,
      "/escalations",
      { ...act, origin: "https://evil.example", host: "localhost:3000" },
      403,
    ],
    [
      "Next's tools on the page are let in",
      developing,
      "/__nextjs_original-stack-frames",
      { ...of, "content-length": "2" },
      undefined,
    ],
    [
      "another site's use of them is not",
      developing,
      "/__nextjs_original-stack-frames",
      { origin: "https://evil.example", host: "localhost:3000" },
      403,
    ],
    [
      "a form's POST to a page is not",
      developing,
      "/escalations",
      { ...of, "content-type": "application/x-www-form-urlencoded" },
      405,
    ],
    [
      "of a build, an act that it does not know is not",
      here,
      "/escalations",
      { ...act, ...of, "next-action": "41".repeat(21) },
      404,
    ],
    [
      "of a build, Next's tools are not",
      here,
      "/__nextjs_original-stack-frames",
      { ...of, "content-length": "2" },
      405,
    ],
  ])("%s", (_, own, url, headers, status) => expect(guard(own, "POST", url, headers)?.status).toBe(status));
});

describe("what is sent to a route asks for a token besides the session", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["its origin", { origin: "https://cockpit.example.org" }, undefined],
    ["no origin, to our host, by no browser", { host: "cockpit.example.org" }, undefined],
    ["no origin, to our host with its port", { host: "cockpit.example.org:443" }, undefined],
    ["no origin, of our own site", { host: "cockpit.example.org", "sec-fetch-site": "same-origin" }, undefined],
    ["no origin, across sites", { host: "cockpit.example.org", "sec-fetch-site": "cross-site" }, 403],
    ["no origin, of a neighbour", { host: "cockpit.example.org", "sec-fetch-site": "same-site" }, 403],
    ["no origin, to another host", { host: "evil.example" }, 403],
    ["no origin, to a host that is none", { host: "a b" }, 403],
    ["no origin and no host", {}, 403],
    ["a foreign origin", { origin: "https://evil.example", host: "cockpit.example.org" }, 403],
    ["an origin that is null", { origin: "null", host: "cockpit.example.org" }, 403],
  ])("%s", (_, headers, status) => {
    expect(guard(far, "POST", "/api/sign-up", headers)?.status).toBe(status);
  });
});

describe("what no page sends is refused in words", () => {
  const origin = { origin: here.url };
  it.each<[string, string, string, Record<string, string>, number | undefined]>([
    ["a read", "GET", "/escalations", { host: "anything" }, undefined],
    [
      "a read of another site's",
      "GET",
      "/escalations",
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      undefined,
    ],
    ["a look at the head", "HEAD", "/escalations", {}, undefined],
    ["a question about a route", "OPTIONS", "/api/views", {}, undefined],
    ["a question about a page", "OPTIONS", "/escalations", origin, 405],
    ["a page put", "PUT", "/escalations", origin, 405],
    ["a page deleted", "DELETE", "/escalations", { ...act, ...origin }, 405],
    ["a page traced", "TRACE", "/escalations", origin, 405],
    [
      "a form sent to a page",
      "POST",
      "/escalations",
      { ...origin, "content-type": "application/x-www-form-urlencoded" },
      405,
    ],
    ["an act of an unknown id", "POST", "/escalations", { ...act, ...origin, "next-action": "00".repeat(21) }, 404],
    [
      "an act of a name every object has",
      "POST",
      "/escalations",
      { ...act, ...origin, "next-action": "constructor" },
      404,
    ],
    [
      "an act as a form",
      "POST",
      "/escalations",
      { ...act, ...origin, "content-type": "multipart/form-data; boundary=x" },
      415,
    ],
    ["an act of no type", "POST", "/escalations", { "next-action": known, ...origin }, 415],
    ["an act without a length", "POST", "/escalations", { ...act, ...origin, "transfer-encoding": "chunked" }, 411],
    ["an act that is too large", "POST", "/escalations", { ...act, ...origin, "content-length": "1048577" }, 413],
  ])("%s", async (_, method, url, headers, status) => {
    const refusal = guard(here, method, url, headers);
    expect(refusal?.status).toBe(status);
    if (!refusal || refusal.headers?.["x-nextjs-action-not-found"]) return;
    // The form that asked tells the sentence, and not that nothing is known.
    const send = refusing(
      async () => new Response(refusal.says, { status: refusal.status, headers: { "content-type": "text/plain" } }),
    );
    const answer = await ask(async () => (await send("/escalations", { headers: act })).json() as never);
    expect(answer).toEqual({ done: false, failure: { message: refusal.says, requestId: null } });
  });
});

describe("where people reach the cockpit", () => {
  it.each<[string, Own, string, Record<string, string>, string | null]>([
    [
      "at COCKPIT_URL",
      far,
      "GET",
      { host: "cockpit.example.org", "x-forwarded-proto": "https", "x-forwarded-host": "cockpit.example.org" },
      null,
    ],
    ["by a proxy that sends another Host and says nothing", far, "GET", { host: "10.0.0.3:3000" }, null],
    [
      "by a proxy that says another scheme",
      far,
      "GET",
      { host: "cockpit.example.org", "x-forwarded-proto": "http" },
      "http://cockpit.example.org",
    ],
    [
      "by a proxy that says another host",
      far,
      "GET",
      { "x-forwarded-host": "ops.example.org" },
      "https://ops.example.org",
    ],
    ["by whoever pretends to be a proxy", here, "GET", { "x-forwarded-host": "ops.example.org" }, null],
    [
      "at another name, whose page acts",
      here,
      "POST",
      { host: "ops.example.org", origin: "http://ops.example.org" },
      "http://ops.example.org",
    ],
    [
      "at our name, while another site acts",
      here,
      "POST",
      { host: "localhost:3000", origin: "http://evil.example" },
      null,
    ],
    [
      "at another of this machine's names",
      here,
      "POST",
      { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" },
      null,
    ],
  ])("%s", (_, own, method, headers, address) => {
    expect(otherAddress(request(method, "/escalations", headers), own)).toBe(address);
  });
});
