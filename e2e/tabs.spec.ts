import { type BrowserContext, type Page } from "@playwright/test";
import { startOnShared, type Account, type Cockpit } from "./support/cockpit";
import { anotherMachine } from "./support/names";
import { deny } from "./support/queue-file";
import { expect, test } from "./support/test";

const list = "/escalations?sort=newest";
const live = (page: Page) => expect(page.getByText("Live", { exact: true })).toBeVisible();

/** How many live streams the pages of a browser have open. */
function countStreams(context: BrowserContext): () => number {
  let open = 0;
  const isStream = (request: { url(): string }) => new URL(request.url()).pathname === "/api/live";
  context.on("request", (request) => void (isStream(request) && open++));
  context.on("requestfinished", (request) => void (isStream(request) && open--));
  context.on("requestfailed", (request) => void (isStream(request) && open--));
  return () => open;
}

async function signInByPage(page: Page, { email, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Somebody takes over a browser in which another is signed in. */
async function signInInstead(page: Page, account: Account): Promise<void> {
  await page.goto("/escalations");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await signInByPage(page, account);
}

/** What the browser says of the reads of a page whose session has ended. */
const ended = /status of 401 .*\/api\//;

const accountOf = ({ accounts }: Cockpit, role: string) => accounts.find((account) => account.role === role)!;

test("by plain HTTP, on another machine's name, eight tabs load, share one stream, and all hear", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const cockpit = await startOnShared({ name: anotherMachine });
  const context = await browser.newContext({ baseURL: cockpit.url });
  try {
    const streams = countStreams(context);
    const first = await context.newPage();
    await signInByPage(first, accountOf(cockpit, "Operator"));
    const tabs = [first, ...(await Promise.all(Array.from({ length: 7 }, () => context.newPage())))];
    for (const tab of tabs) await tab.goto(list);
    for (const tab of tabs) await live(tab);
    expect(await first.evaluate(() => window.isSecureContext)).toBe(false);
    await expect.poll(streams).toBe(1);
    const { run_id } = deny(cockpit.sessionDir, { owner: "tabs:eight" });
    for (const tab of tabs) await expect(tab.getByRole("link", { name: run_id })).toBeVisible();
    // The one with the stream closes: another takes it over.
    await first.close();
    await expect.poll(streams).toBe(1);
    const later = deny(cockpit.sessionDir, { owner: "tabs:eight" });
    for (const tab of tabs.slice(1)) await expect(tab.getByRole("link", { name: later.run_id })).toBeVisible();
  } finally {
    await context.close();
    await cockpit.remove();
  }
});

test("a tab that hangs with the stream is replaced by one that does not", async ({ as, cockpit }) => {
  test.slow();
  const leader = await as("Operator");
  await leader.goto(list);
  await live(leader);
  const other = await leader.context().newPage();
  await other.goto(list);
  await live(other);
  await other.evaluate(() => new Promise((done) => setTimeout(done, 1000)));
  // It waits for an answer that never comes, and meanwhile answers nobody.
  await leader.route("**/never", () => {});
  const frozen = leader.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open("GET", "/never", false);
    request.send();
  });
  const { run_id } = deny(cockpit.sessionDir, { owner: "tabs:frozen" });
  await expect(other.getByRole("link", { name: run_id })).toBeVisible({ timeout: 40_000 });
  await live(other);
  await leader.close();
  await frozen.catch(() => undefined);
});

/** As a browser does with a tab that another is put in front of, or that is brought to the front: its own tabs all believe that they are seen. */
async function turn(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { value: now, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}

test("a tab behind another neither reads nor counts, and shows what it missed as soon as it is in front", async ({
  as,
  cockpit,
}) => {
  const behind = await as("Operator");
  await behind.goto("/escalations");
  await live(behind);
  const first = deny(cockpit.sessionDir, { owner: "tabs:behind", minutesLeft: 2 });
  const row = behind.getByRole("row").filter({ hasText: first.run_id });
  await expect(row).toBeVisible();
  const front = await behind.context().newPage();
  await front.goto("/escalations");
  await live(front);
  await turn(behind, "hidden");
  const reads: string[] = [];
  behind.on("request", (request) => void reads.push(new URL(request.url()).pathname));
  const clock = row.getByText(/^\d+m \d+s left$/);
  const before = await clock.textContent();

  const { run_id } = deny(cockpit.sessionDir, { owner: "tabs:behind", minutesLeft: 1 });
  await expect(front.getByRole("link", { name: run_id })).toBeVisible();
  // The same clock runs on in the tab in front, and the news have been everywhere by then.
  await expect(front.getByRole("row").filter({ hasText: first.run_id })).not.toContainText(before!);
  expect(reads).toEqual([]);
  expect(await clock.textContent()).toBe(before);

  await turn(behind, "visible");
  await expect(behind.getByRole("link", { name: run_id })).toBeVisible();
  await expect(row).not.toContainText(before!);
  await live(behind);
});

test.describe("another person signs in beside an open page", () => {
  test("the page says so, keeps what was typed, and does nothing in the other's name", async ({
    as,
    cockpit,
    complaints,
    denied,
    http,
  }) => {
    complaints.expect(ended);
    const item = await denied({ owner: "tabs:person" });
    // A session of its own: what the other tests share must not be ended.
    const page = await as(null);
    await signInByPage(page, accountOf(cockpit, "Operator"));
    await page.goto(`/escalations/${item.id}#comment`);
    await page.getByRole("textbox", { name: "Comment" }).fill("Typed by Olga");
    const beside = await page.context().newPage();
    await signInInstead(beside, accountOf(cockpit, "Product Owner"));

    const banner = page
      .getByRole("alert")
      .filter({ hasText: "You are signed in as Paula Owner now; this page was Olga Operator’s." });
    await expect(banner).toBeVisible();
    await page.getByRole("button", { name: "Write the comment" }).click();
    await expect(page.getByRole("form", { name: "Write a comment" })).toContainText("Nothing was done.");
    await expect(page.getByRole("textbox", { name: "Comment" })).toHaveValue("Typed by Olga");
    const timeline = async () =>
      JSON.stringify(await (await (await http("Operator")).get(`/api/escalations/${item.id}`)).json());
    expect(await timeline()).not.toContain("Typed by Olga");

    await banner.getByRole("button", { name: "Reload as Paula Owner" }).click();
    await expect(page.getByText("Paula Owner", { exact: true })).toBeVisible();
    await expect(banner).toHaveCount(0);
  });

  test("the same person again changes nothing", async ({ as, cockpit, complaints, denied }) => {
    complaints.expect(ended);
    const item = await denied({ owner: "tabs:same" });
    const page = await as(null);
    await signInByPage(page, accountOf(cockpit, "Operator"));
    await page.goto(`/escalations/${item.id}#comment`);
    await page.getByRole("textbox", { name: "Comment" }).fill("Typed by Olga, and written");
    const beside = await page.context().newPage();
    await signInInstead(beside, accountOf(cockpit, "Operator"));
    await page.getByRole("button", { name: "Write the comment" }).click();
    await expect(page.getByText("Your comment is written.")).toBeVisible();
    await expect(page.getByText("You are signed in as")).toHaveCount(0);
  });

  test("signing out in another tab is said, too", async ({ as, cockpit, complaints }) => {
    complaints.expect(ended);
    const page = await as(null);
    await signInByPage(page, accountOf(cockpit, "Operator"));
    const beside = await page.context().newPage();
    await beside.goto("/escalations");
    await live(beside);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/sign-in/);
    const banner = beside.getByRole("alert").filter({ hasText: "You are signed out; this page was Olga Operator’s." });
    await expect(banner).toBeVisible();
    // Signed in again in any tab, the page goes on.
    await signInByPage(page, accountOf(cockpit, "Operator"));
    await expect(banner).toHaveCount(0);
    await live(beside);
  });
});
