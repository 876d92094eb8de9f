import { send } from "./support/raw";
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
  for (let attempt = 1; attempt <= 8; attempt++)
    expect(await guess(`10.9.8.${attempt}`), `attempt ${attempt}`).toContain("error=CredentialsSignin");
  expect(await guess("10.9.8.99")).toContain("error=RateLimited");
  expect(await tryPassword(cockpit.url, "127.0.0.77", "owner@example.com", "cockpit-demo")).toContain(
    "error=RateLimited",
  );
  // Elsewhere the person signs in as ever.
  expect(await tryPassword(cockpit.url, "127.0.0.78", "owner@example.com", "cockpit-demo")).not.toContain("error");
});

/** Answers where the browser is sent. */
async function tryPassword(
  url: string,
  from: string,
  email: string,
  password: string,
  pretended?: string,
): Promise<string> {
  const spoof: Record<string, string> = pretended
    ? { "x-forwarded-for": pretended, "x-real-ip": pretended, forwarded: `for=${pretended}` }
    : {};
  const csrf = await send(url, { from, path: "/api/auth/csrf" });
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password, json: "true" }).toString();
  const headers = { ...spoof, cookie: csrf.cookies, "content-type": "application/x-www-form-urlencoded" };
  const answer = await send(url, { from, method: "POST", path: "/api/auth/callback/credentials", headers, body });
  const to = decodeURIComponent((JSON.parse(answer.body) as { url: string }).url);
  expect(answer.status, to).toBe(to.includes("RateLimited") ? 429 : to.includes("error") ? 401 : 200);
  return to;
}
