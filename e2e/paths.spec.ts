import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { actOnItem, callAction } from "./support/actions";
import { awake, live } from "./support/awake";
import { openItem } from "./support/open-item";
import { recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

const tag = () => randomUUID().slice(0, 8);
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();
const timeline = (page: Page) => page.getByRole("list", { name: "Timeline" });
const notice = (page: Page, subject: string) => page.getByRole("listitem").filter({ hasText: subject });

test("an incident P1 opened by hand reaches Tech Lead, Product Owner and Security", async ({ as }) => {
  const subject = `Checkout is down ${tag()}`;
  const page = await as("Operator");
  await page.goto("/escalations/new");
  await page.getByRole("radio", { name: /^Post-launch incident/ }).check();
  await page.getByRole("textbox", { name: "What it is about" }).fill(subject);
  await page.getByRole("textbox", { name: "Reason" }).fill("Every payment fails since the release");
  await page.getByRole("button", { name: "Open the item" }).click();
  await expect(page.getByRole("radio", { name: /^P1/ })).toBeFocused();
  await expect(page.getByText("Choose a severity.", { exact: true })).toBeVisible();
  await page.getByRole("radio", { name: /^P1/ }).check();
  await expect(
    page.getByText("It reaches the Tech Lead, the Product Owner and Security/Compliance at once."),
  ).toBeVisible();
  await page.getByRole("button", { name: "Open the item" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Every payment fails since the release");
  await expect(page.getByText("First response by")).toBeVisible();
  await expect(page.getByText("Resolution by")).toBeVisible();
  for (const role of ["Tech Lead", "Product Owner", "Security/Compliance"] as const) {
    const theirs = await as(role);
    await theirs.goto("/inbox");
    await expect(notice(theirs, subject).filter({ hasText: "Escalated to level 1" }), role).toBeVisible();
  }
});

test("of the paths one may open only one's own are offered, and the others are named with whose they are", async ({
  as,
  cockpit,
  http,
}) => {
  const page = await as("Security/Compliance");
  await page.goto("/escalations/new");
  await expect(page.getByRole("radio", { name: /^Audit \/ integrity failure/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^Policy denial/ })).toHaveCount(0);
  await expect(page.getByText("Product Owner or Operator can do this;")).toBeVisible();
  const stakeholder = await as("Stakeholder");
  await stakeholder.goto("/escalations/new");
  await expect(stakeholder.getByText("You may not open items by hand.")).toBeVisible();
  const forged = await callAction(await http("Stakeholder"), cockpit, "openEscalation", {
    path: "incident",
    subject: "Forged",
    reason: "Not mine to open",
    owner: null,
    lane: "standard",
    severity: "P1",
  });
  expect(forged.status()).toBe(403);
});

test("a policy denial opened by hand is a line of thegent's queue file", async ({ as, cockpit }) => {
  const run = `run_by_hand_${tag()}`;
  const page = await as("Operator");
  await page.goto("/escalations/new");
  await expect(page.getByText("Adds a line to thegent's queue file, as its own command would.")).toBeVisible();
  await page.getByRole("textbox", { name: "Run" }).fill(run);
  await page.getByRole("textbox", { name: "Reason" }).fill("Stopped by the operator");
  await page.getByRole("button", { name: "Open the item" }).click();
  await expect(page.getByRole("heading", { name: "Stopped by the operator" })).toBeVisible();
  await expect.poll(() => recordsOf(cockpit.sessionDir, run)).toMatchObject([{ status: "pending" }]);
});

test("drift that needs a change of the adapter is in the Product Owner's inbox at once", async ({
  as,
  cockpit,
  http,
}) => {
  const subject = `adapter ${tag()}`;
  const { id } = await openItem(await http("Operator"), cockpit, { path: "contract_drift", subject });
  const owner = await as("Product Owner");
  await owner.goto("/inbox");
  await live(owner);

  const page = await as("Tech Lead");
  await page.goto(`/escalations/${id}`);
  const form = page.getByRole("form", { name: "Record a finding" });
  await form.getByRole("button", { name: "Record the finding" }).click();
  await expect(form.getByRole("textbox", { name: "Finding" })).toBeFocused();
  await form.getByRole("textbox", { name: "Finding" }).fill("The provider renamed a field of its answer.");
  await form.getByRole("checkbox", { name: "Adapter change required" }).check();
  await expect(form.getByText("It goes to the Product Owner at once, at level 2")).toBeVisible();
  await form.getByRole("button", { name: "Record the finding" }).click();
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText(
    "The provider renamed a field of its answer.",
  );
  await expect(page.getByText("adapter change required", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Met at/)).toBeVisible();
  await expect(notice(owner, subject).filter({ hasText: "Escalated to level 2" })).toContainText(
    "you are asked to act as Product Owner (A)",
  );
});

test("an item is assigned to a colleague, who is told; the Stakeholder may not assign", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const item = await denied({ owner: `assign:${tag()}` });
  const refused = await actOnItem(await http("Stakeholder"), cockpit, "assign", {
    id: item.id,
    version: item.version,
    toId: "01890000-0000-7000-8000-000000000000",
  });
  expect(refused.status()).toBe(403);

  const owner = await as("Product Owner");
  await owner.goto(`/escalations/${item.id}`);
  await tab(owner, "Assign");
  await owner.getByRole("combobox", { name: "To" }).selectOption({ label: "Olga Operator" });
  await expect(owner.getByText("Olga Operator holds the item then, and is told.")).toBeVisible();
  await owner.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(owner.getByText("Claimed by Olga Operator")).toBeVisible();
  const operator = await as("Operator");
  await operator.goto("/inbox");
  await expect(notice(operator, item.run_id).filter({ hasText: "It was given to you to work on" })).toBeVisible();
  await operator.goto(`/escalations/${item.id}`);
  await expect(
    operator.getByText(/^Your claim returns to the queue in \d+ min, unless you do something/),
  ).toBeVisible();
  await operator.getByRole("button", { name: "Keep the claim" }).click();
  await expect(operator.getByRole("button", { name: "Keep the claim" })).toBeFocused();
});

test("a comment and advice stay on the timeline with who said them; who is informed writes neither", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const item = await denied({ owner: `words:${tag()}` });
  const operator = await as("Operator");
  await operator.goto(`/escalations/${item.id}`);
  await live(operator);
  await tab(operator, "Comment");
  await operator.getByRole("textbox", { name: "Comment" }).fill("Asked the owner of the run.");
  await operator.getByRole("button", { name: "Write the comment" }).click();
  await expect(timeline(operator)).toContainText("Asked the owner of the run.");

  // To give advice is what the consulted are first asked for.
  const security = await as("Security/Compliance");
  await security.goto(`/escalations/${item.id}`);
  await security.getByRole("textbox", { name: "Advice" }).fill("Do not unblock before the key is rotated.");
  await security.getByRole("button", { name: "Give this advice" }).click();
  await expect(
    timeline(operator).getByRole("listitem").filter({ hasText: "Do not unblock before the key is rotated." }),
  ).toContainText("(Security/Compliance, C)");
  await expect(security.getByText(/Product Owner or Operator can do this;.*Escalation queue/)).toBeVisible();

  const target = { id: item.id, version: item.version + 5, text: "Not mine to say" };
  expect((await actOnItem(await http("Tech Lead"), cockpit, "comment", target)).status()).toBe(403);
  expect((await actOnItem(await http("Stakeholder"), cockpit, "advise", target)).status()).toBe(403);
});

test("an item is cancelled with its reason and reopened as a new one that names it; neither by the Tech Lead", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const item = await denied({ owner: `cancel:${tag()}` });
  const lead = await http("Tech Lead");
  expect(
    (
      await actOnItem(lead, cockpit, "cancel", {
        id: item.id,
        version: item.version,
        note: "Not mine",
        lateCause: null,
      })
    ).status(),
  ).toBe(403);

  const page = await as("Operator");
  await page.goto(`/escalations/${item.id}`);
  await tab(page, "Cancel");
  await page.getByRole("textbox", { name: "Why it is cancelled" }).fill("The run was started by mistake.");
  await page.getByRole("button", { name: "Cancel the item" }).click();
  await expect(page.getByRole("group", { name: "Receipt" })).toContainText("Cancelled by Olga Operator");
  await expect(page.getByRole("group", { name: "Receipt" })).toBeFocused();
  await expect(page.getByRole("group", { name: "Receipt" })).toContainText("Taken up by thegent");
  expect(recordsOf(cockpit.sessionDir, item.run_id)).toMatchObject([{ status: "cancelled" }]);

  const version = ((await (await lead.get(`/api/escalations/${item.id}`)).json()) as { version: number }).version;
  expect((await actOnItem(lead, cockpit, "reopen", { id: item.id, version, reason: "Not mine" })).status()).toBe(403);
  await tab(page, "Reopen");
  await page.getByRole("textbox", { name: "Why it is opened again" }).fill("It was no mistake after all.");
  await page.getByRole("button", { name: "Reopen as a new item" }).click();
  await expect(page.getByText("Reopens", { exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(item.id));
  await page
    .getByRole("term")
    .filter({ hasText: "Reopens" })
    .locator("xpath=following-sibling::*")
    .getByRole("link")
    .click();
  await expect(page.getByText("Reopened as", { exact: true })).toBeVisible();
});

test("what is typed survives going to another form and a colleague's decision", async ({ as, denied }) => {
  const item = await denied({ owner: `kept:${tag()}` });
  const [mine, theirs] = [await as("Operator"), await as("Product Owner")];
  await mine.goto(`/escalations/${item.id}`);
  await live(mine);
  await mine.getByRole("textbox", { name: "Note" }).fill("I was about to write");
  await tab(mine, "Comment");
  await tab(mine, "Resolve");
  await expect(mine.getByRole("textbox", { name: "Note" })).toHaveValue("I was about to write");

  await theirs.goto(`/escalations/${item.id}`);
  await theirs.getByRole("radio", { name: /^duplicate/ }).check();
  await theirs.getByRole("textbox", { name: "Note" }).fill("Another item stands for it.");
  await theirs.getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(
    mine.getByText(
      "Paula Owner resolved this item as “duplicate”. What you typed is kept below, so that you can copy it.",
    ),
  ).toBeVisible();
  await expect(mine.getByRole("textbox", { name: "Note" })).toHaveValue("I was about to write");
});

test("the next item of the view one came from is a key away", async ({ as, denied }) => {
  const owner = `next:${tag()}`;
  const [first, second] = [await denied({ owner, minutesLeft: 10 }), await denied({ owner, minutesLeft: 20 })];
  const page = await as("Operator");
  await page.goto(`/escalations/${first.id}?from=${encodeURIComponent(`owner=${encodeURIComponent(owner)}`)}`);
  await awake(page);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(new RegExp(`${second.id}\\?from=`));
  await expect(page.getByRole("navigation", { name: "Activities" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Escalations" })).toHaveAttribute(
    "href",
    `/escalations?owner=${encodeURIComponent(owner)}`,
  );
});

test("a telephone and a wide screen show state, clocks, reason and what may be done", async ({ as, breached }) => {
  const item = await breached({ owner: `seen:${tag()}` });
  const page = await as("Product Owner");
  await page.goto(`/escalations/${item.id}`);
  for (const seen of [
    page.getByRole("heading", { level: 1 }),
    page.getByText("Resolve by"),
    page.getByText("Open, unclaimed"),
    page.getByRole("button", { name: "Claim", exact: true }),
    page.getByRole("button", { name: "Sign off the breach" }),
  ]) {
    await expect(seen).toBeInViewport({ ratio: 1 });
  }
  const small = await as("Product Owner", { viewport: { width: 390, height: 844 } });
  await small.goto(`/escalations/${item.id}`);
  await expect(small.getByText("Resolve by")).toBeInViewport();
  expect(await small.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
