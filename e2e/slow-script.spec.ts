import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

/** The page comes at once, its script when it is let go, as by a slow line. */
async function holdScript(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test("what is typed and chosen before the page's script has come is kept, and sent", async ({ as, cockpit }) => {
  const run = `run_early_${randomUUID().slice(0, 8)}`;
  const page = await as("Operator");
  const letGo = await holdScript(page);
  await page.goto("/escalations/new", { waitUntil: "commit" });
  const form = page.getByRole("form", { name: "New item" });
  await form.getByRole("textbox", { name: "Run" }).fill(run);
  await form.getByRole("textbox", { name: "Reason" }).fill("Typed on a slow line");
  await form.getByRole("textbox", { name: "SLA in minutes" }).fill("45");
  const send = form.getByRole("button", { name: "Open the item" });
  await expect(send).toBeDisabled();
  await form.getByRole("textbox", { name: "Reason" }).press("Enter");

  letGo();
  await expect(send).toBeEnabled();
  await expect(form.getByText(/within 45 min/)).toBeVisible();
  await expect(form.getByRole("textbox", { name: "Run" })).toHaveValue(run);
  await send.click();
  await expect(page.getByRole("heading", { name: "Typed on a slow line" })).toBeVisible();
  await expect
    .poll(() => recordsOf(cockpit.sessionDir, run))
    .toMatchObject([{ status: "pending", reason: "Typed on a slow line" }]);
});

test("another path chosen before the script has come is the one that opens", async ({ as }) => {
  const page = await as("Operator");
  const letGo = await holdScript(page);
  await page.goto("/escalations/new", { waitUntil: "commit" });
  await page.getByRole("radio", { name: /^Post-launch incident/ }).check();
  letGo();
  await expect(page.getByRole("radio", { name: /^P1/ })).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Post-launch incident/ })).toBeChecked();
});

test("who signs in before the script has come loses nothing and puts nothing into the address", async ({
  as,
  cockpit,
}) => {
  const { email, password } = cockpit.accounts[0]!;
  const page = await as(null);
  const letGo = await holdScript(page);
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("textbox", { name: "Password" }).press("Enter");
  letGo();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/escalations|\/inbox|\/$/);
});
