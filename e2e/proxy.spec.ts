/** Behind a proxy that sends a Host of its own, as many do unless they are told otherwise. */
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { freePort, startOnShared, type Cockpit } from "./support/cockpit";
import { deny } from "./support/queue-file";
import { expect, test } from "./support/test";

type Proxy = { url: string; serves(target: string): void; sends(headers: Record<string, string>): void; close(): void };

/** Hands everything on to the target, with the Host of that and without a word of its own. */
async function startProxy(): Promise<Proxy> {
  let target = "";
  let added: Record<string, string> = {};
  const server = http.createServer((incoming, outgoing) => {
    const { host: _, ...headers } = incoming.headers;
    const request = http.request(
      new URL(incoming.url!, target),
      { method: incoming.method, headers: { ...headers, host: new URL(target).host, ...added } },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      },
    );
    request.on("error", () => outgoing.destroy());
    outgoing.on("close", () => request.destroy());
    incoming.pipe(request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serves: (url) => void (target = url),
    sends: (headers) => void (added = headers),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

let proxy: Proxy;
let cockpit: Cockpit;
let inner: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  const port = await freePort();
  proxy = await startProxy();
  // Browsers find every name below localhost on this machine; to the cockpit it is a name like any other.
  cockpit = await startOnShared({
    port,
    settings: { COCKPIT_URL: proxy.url.replace("127.0.0.1", "cockpit.localhost"), COCKPIT_TRUST_PROXY: "true" },
  });
  inner = `http://127.0.0.1:${port}`;
  proxy.serves(inner);
});
test.afterAll(async () => {
  proxy.close();
  await cockpit.remove();
});

test("people sign in and act as without it, at COCKPIT_URL", async ({ page }) => {
  const { run_id } = deny(cockpit.sessionDir);
  const { email, password } = cockpit.accounts.find(({ role }) => role === "Operator")!;
  await page.goto(`${cockpit.url}/escalations?sort=newest`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: run_id }).click();
  // Until its page is there, the list's own button is the one that is pressed.
  await page.waitForURL(/\/escalations\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { name: "What may be done" })).toBeVisible();
  await page.getByRole("button", { name: "Claim" }).first().click();
  await expect(page.getByText(/claimed by you/i).first()).toBeVisible();
  expect(new URL(page.url()).origin).toBe(cockpit.url);
});

test("an act of a page under another address is refused with a sentence that says where to go", async ({ request }) => {
  const answer = await request.post(`${inner}/escalations`, {
    headers: { origin: inner, "next-action": "0".repeat(42) },
  });
  expect([answer.status(), await answer.text()]).toEqual([
    403,
    `This comes from a page that is not this cockpit’s. Open it at ${cockpit.url} and try again. Nothing was done.`,
  ]);
});

test("health says that what the proxy sends and COCKPIT_URL differ, and the log says how", async ({ request }) => {
  proxy.sends({ "x-forwarded-host": "ops.example.org" });
  expect((await request.get(`${proxy.url}/api/health`)).ok()).toBe(true);
  expect(await (await request.get(`${inner}/api/health`)).json()).toMatchObject({ address: "differs" });
  expect(fs.readFileSync(path.join(cockpit.dataDir, "logs", "web.log"), "utf8")).toContain(
    `Requests come by way of http://ops.example.org, but COCKPIT_URL is ${cockpit.url}`,
  );
});
