import http from "node:http";
import { expect, test } from "./support/test";

test("who is not signed in is asked to, and comes to where they wanted to go", async ({ as, complaints }) => {
  complaints.expect(/401/);
  const page = await as(null);
  await page.goto("/operating-model");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByRole("textbox", { name: "E-mail" }).fill("lead@example.com");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("That e-mail address and password do not belong together.")).toBeVisible();
  await page.getByLabel("Password").fill("cockpit-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/operating-model$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/escalations");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("guessing is slowed down for an account and an address, whatever address is pretended", async ({ cockpit }) => {
  const guess = (pretended: string) => tryPassword(cockpit.url, "127.0.0.77", "owner@example.com", "wrong", pretended);
  for (let attempt = 1; attempt <= 8; attempt++) expect(await guess(`10.9.8.${attempt}`), `attempt ${attempt}`).toContain("error=CredentialsSignin");
  expect(await guess("10.9.8.99")).toContain("error=RateLimited");
  expect(await tryPassword(cockpit.url, "127.0.0.77", "owner@example.com", "cockpit-demo")).toContain("error=RateLimited");
  // Elsewhere the person signs in as ever.
  expect(await tryPassword(cockpit.url, "127.0.0.78", "owner@example.com", "cockpit-demo")).not.toContain("error");
});

/** From an address of its own: Linux answers on all of 127/8. Answers where next-auth sends the browser. */
async function tryPassword(url: string, localAddress: string, email: string, password: string, pretended?: string): Promise<string> {
  const spoof: Record<string, string> = pretended ? { "x-forwarded-for": pretended, "x-real-ip": pretended, forwarded: `for=${pretended}` } : {};
  const csrf = await send(url, localAddress, "GET", "/api/auth/csrf", {});
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password, json: "true" }).toString();
  const headers = { ...spoof, cookie: csrf.cookies, "content-type": "application/x-www-form-urlencoded", "content-length": String(Buffer.byteLength(body)) };
  const answer = await send(url, localAddress, "POST", "/api/auth/callback/credentials", headers, body);
  return decodeURIComponent((JSON.parse(answer.body) as { url: string }).url);
}

type Answer = { body: string; cookies: string };

function send(url: string, localAddress: string, method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, localAddress, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ body: text, cookies: (response.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ") }));
    });
    request.once("error", reject);
    request.end(body);
  });
}
