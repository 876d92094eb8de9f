import type { Page } from "@playwright/test";
import { deny } from "./support/queue-file";
import { expect, test } from "./support/test";

const breachesOf = (owner: string) => `/escalations?state=breaches&owner=${encodeURIComponent(owner)}`;
const form = (page: Page) => page.getByRole("form", { name: "Sign off this breach" });
const receipt = (page: Page) => page.getByRole("group", { name: "Sign-off" });

async function signOff(page: Page, note: string): Promise<void> {
  await form(page).getByRole("textbox", { name: "Note on the breach" }).fill(note);
  await form(page).getByRole("button", { name: "Sign off the breach" }).click();
  await expect(receipt(page)).toContainText("Breach signed off by Paula Owner");
}

test("the Product Owner signs off a breach of the sample with a note, and it leaves the list", async ({ as }) => {
  const page = await as("Product Owner");
  await page.goto("/escalations");
  await page.getByRole("link", { name: /^Breaches \d+$/ }).click();
  const list = page.getByRole("table", { name: "Breaches that wait for a sign-off" });
  await expect(list.getByRole("row").filter({ hasText: "run_368728da" })).toContainText("Past SLA");
  await list.getByRole("link", { name: "run_368728da" }).click();
  await expect(page.getByText("Waits for the sign-off")).toBeVisible();
  // What is theirs to do first is there without scrolling.
  await expect(form(page).getByRole("button", { name: "Sign off the breach" })).toBeInViewport();

  // Without a note nothing is sent, and the field says why.
  await form(page).getByRole("button", { name: "Sign off the breach" }).click();
  await expect(form(page).getByRole("textbox", { name: "Note on the breach" })).toBeFocused();
  await expect(form(page)).toContainText("The note needs at least 3 characters.");

  await signOff(page, "The rota had a hole that night; it is mended.");
  await expect(receipt(page)).toBeFocused();
  await expect(receipt(page)).toContainText("The rota had a hole that night; it is mended.");
  await expect(page.getByText("Signed the breach off")).toBeVisible();

  await page.goto("/escalations?state=breaches");
  await expect(list).toBeVisible();
  await expect(page.getByRole("link", { name: "run_368728da" })).toHaveCount(0);
  await page.goto("/escalations");
  await expect(page.getByRole("link", { name: "run_368728da" })).toBeVisible();
});

test("the Operator sees on a breach that the Product Owner can sign it off", async ({ as, breached }) => {
  const item = await breached({ owner: "breach:seen" });
  const page = await as("Operator");
  await page.goto(`/escalations/${item.id}`);
  await expect(page.getByText("Sign off the breach", { exact: true })).toBeVisible();
  await expect(page.getByText("Product Owner can do this;")).toBeVisible();
  await expect(page.getByRole("tab", { name: "Sign off" })).toHaveCount(0);
  await expect(form(page)).toHaveCount(0);
});

test("a late item that the Operator resolves stays among the breaches until it is signed off", async ({
  as,
  breached,
}) => {
  const item = await breached({ owner: "breach:resolved" });
  const operator = await as("Operator");
  await operator.goto(`/escalations/${item.id}`);
  await operator.getByRole("radio", { name: "unblocked" }).check();
  await operator.getByRole("textbox", { name: "Note" }).fill("Confidence was measured anew: 0.93.");
  await operator.getByRole("textbox", { name: "Cause of the lateness" }).fill("Nobody was on duty at night.");
  await operator.getByRole("button", { name: "Resolve" }).click();
  await expect(operator.getByRole("group", { name: "Receipt" })).toContainText("Decided by Olga Operator");

  const owner = await as("Product Owner");
  await owner.goto(breachesOf(item.owner));
  await expect(owner.getByRole("row").filter({ hasText: item.run_id })).toContainText("unblocked by Olga Operator");
  await operator.goto(breachesOf(item.owner));
  await expect(operator.getByText("Live", { exact: true })).toBeVisible();
  await owner.getByRole("link", { name: item.run_id }).click();
  await signOff(owner, "One night without a second person; accepted.");

  // Also from a page that was open all the while.
  await expect(operator.getByRole("link", { name: item.run_id })).toHaveCount(0);
});

test("a denial becomes level 1 on the open page when its SLA runs out", async ({ as, cockpit }) => {
  const page = await as("Tech Lead");
  await page.goto("/escalations?sort=newest");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const { run_id } = deny(cockpit.sessionDir, { owner: "breach:soon", minutesLeft: 2 / 60 });
  const row = page.getByRole("row").filter({ hasText: run_id });
  await expect(row.getByTitle(/^Raised to level 1 at/)).toHaveText("L1");
});

test("an open item says what comes next and when", async ({ as, denied }) => {
  const item = await denied({ owner: "breach:ahead" });
  const page = await as("Stakeholder");
  await page.goto(`/escalations/${item.id}`);
  await expect(
    page.getByText(
      /^At .+ the SLA clock “resolve” is missed, and the item rises to level 1\. It would reach .*Product Owner.*Paula Owner/,
    ),
  ).toBeVisible();
  await expect(page.getByText("Waits for the sign-off")).toHaveCount(0);
});
