import type { BrowserContext, Page } from "@playwright/test";
import { rounds } from "@/lib/testing/rounds";
import { startOnShared, type Cockpit } from "./support/cockpit";
import { query } from "./support/database";
import { deny, denyMany } from "./support/queue-file";
import { signIn } from "./support/sign-in";
import { expect, test as base } from "./support/test";

/** Rows that may be on the page at once: six pages of fifty. */
const most = 300;
const many = rounds(650, 1_000);

/** So many items are in a cockpit of their own: elsewhere they would stand before everybody's. */
let far: Cockpit;
base.beforeAll(async () => {
  base.setTimeout(300_000);
  far = await startOnShared();
  denyMany(
    far.sessionDir,
    Array.from({ length: many }, (_, index) => ({
      run_id: `run_far${index}`,
      owner: "far:away",
      minutesLeft: 60 + index,
    })),
  );
  const count = async () =>
    (
      await query<{ count: number }>(
        far.dataDir,
        `SELECT count(*)::int AS count FROM "Escalation" WHERE "owner" = 'far:away'`,
      )
    )[0]!.count;
  await expect.poll(count, { timeout: 60_000 }).toBe(many);
});
base.afterAll(() => far.remove());

const test = base.extend<{ open: (options?: { javaScriptEnabled: boolean }) => Promise<Page> }>({
  open: async ({ browser }, use) => {
    const http = await signIn(
      far.url,
      far.accounts.find(({ role }) => role === "Operator")!,
    );
    const storageState = await http.storageState();
    await http.dispose();
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: far.url, storageState, ...options });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto("/escalations?owner=far%3Aaway");
      if (options?.javaScriptEnabled !== false) await expect(page.getByText("Live", { exact: true })).toBeVisible();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

const link = (page: Page, index: number) => page.getByText(`run_far${index}`, { exact: true });

/** The head, and the room of what is above. */
const others = 2;

/** Rows on the page and where this one is, once it does not scroll; looked up by the page itself, which among hundreds of rows is far quicker. */
const look = (page: Page, index: number) =>
  page.evaluate(async (name) => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let before = -1; before !== scrollY; await frame(), await frame()) before = scrollY;
    const [row] = [...document.querySelectorAll("tbody a")].filter(({ textContent }) => textContent === name);
    const { top = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {};
    return {
      rows: document.getElementsByTagName("tr").length,
      attached: Boolean(row),
      inWindow: Boolean(row) && bottom > 0 && top < innerHeight,
    };
  }, `run_far${index}`);

/** Presses a key until the row is there; the page never holds more than it may. */
async function walk(page: Page, key: string, index: number): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    const { rows, inWindow } = await look(page, index);
    expect(rows).toBeLessThanOrEqual(most + others);
    expect(inWindow).toBe(true);
  }).toPass({ timeout: 150_000, intervals: [50] });
  await expect(link(page, index)).toBeInViewport();
}

test("hundreds of items are scrolled through to the last and back, with six pages of them on the page", async ({
  open,
}) => {
  test.setTimeout(400_000);
  const page = await open();
  await expect(page.getByRole("link", { name: "Next 50" })).toHaveAttribute("href", /after=/);
  await walk(page, "End", many - 1);
  await expect(page).toHaveURL(/\?owner=far%3Aaway$/);
  expect((await look(page, many - 1)).rows).toBe(most + others);
  // The scroll bar tells how far it is: the rows above, which are not loaded any more, take their room.
  const scrolled = await page.evaluate(() => window.scrollY + window.innerHeight);
  expect(scrolled).toBeGreaterThan(many * 32);

  // On the way back each row stands where it stood.
  const distance = async () =>
    (await link(page, many - 200).boundingBox())!.y + (await page.evaluate(() => window.scrollY));
  await walk(page, "PageUp", many - 200);
  const before = await distance();
  await walk(page, "PageUp", many - 290);
  expect(Math.abs((await distance()) - before)).toBeLessThan(33);
  await walk(page, "PageUp", many - 400);
  await walk(page, "Home", 0);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

test("the row in focus is read and left by keys alone, far down, and found again on the way back", async ({ open }) => {
  test.setTimeout(240_000);
  const page = await open();
  await page.keyboard.press("j");
  for (let index = 1; index < 120; index++) {
    // Here a new page begins, which must have come.
    if (index % 50 === 0)
      await expect.poll(() => look(page, index), { intervals: [50] }).toMatchObject({ attached: true });
    await page.keyboard.press("j");
  }
  await expect(page.getByRole("link", { name: "run_far119", exact: true })).toBeFocused();
  await expect(link(page, 119)).toBeInViewport();
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Selected items" })).toContainText("1 selected");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/escalations\/[0-9a-f-]{36}/);
  await page.goBack();
  await expect(link(page, 119)).toBeInViewport();
});

test("whoever reads an item far down comes back to where it stands", async ({ open }) => {
  test.setTimeout(240_000);
  const page = await open();
  await walk(page, "PageDown", 499);
  await link(page, 499).click();
  await expect(page).toHaveURL(/\/escalations\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(link(page, 499)).toBeInViewport();
  // And stays there.
  await page.keyboard.press("ArrowDown");
  await expect(link(page, 499)).toBeInViewport();
});

test("without script the next page is a link", async ({ open }) => {
  const page = await open({ javaScriptEnabled: false });
  await page.getByRole("link", { name: "Next 50" }).click();
  await expect(link(page, 50)).toBeVisible();
  await page.getByRole("link", { name: "Back to the first" }).click();
  await expect(link(page, 0)).toBeVisible();
});

test("hundreds of changes hold up nobody who scrolls, and leave an open page as large as it was", async ({ open }) => {
  test.setTimeout(300_000);
  const page = await open();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    const rows = await page.getByRole("row").count();
    return { rows, nodes: of("Nodes"), listeners: of("JSEventListeners"), heap: of("JSHeapUsedSize") };
  };
  /** Tells of changes as the cockpit does after each; the reader scrolls on meanwhile. At the end the last change is on the page. */
  const changes = async (count: number, to: number) => {
    // Each in a transaction of its own, as real ones are: PostgreSQL tells at the commit.
    const told = query(
      far.dataDir,
      `DO $$ DECLARE item uuid; BEGIN
         FOR n IN 1..${count} LOOP
           SELECT "id" INTO item FROM "Escalation" ORDER BY "id" OFFSET n % ${many - 100} LIMIT 1;
           PERFORM pg_notify('cockpit_live', json_build_object('topic', 'escalations', 'ids', json_build_array(item))::text);
           COMMIT;
           PERFORM pg_sleep(0.005);
         END LOOP;
       END $$`,
    );
    await walk(page, "PageDown", to);
    await told;
    const { run_id } = deny(far.sessionDir, { owner: "far:away", minutesLeft: 1 });
    await walk(page, "Home", 0);
    await expect(page.getByRole("link", { name: run_id })).toBeAttached();
  };
  await changes(100, 349);
  const before = await measure();
  await changes(rounds(500, 2_000), 549);
  expect((await look(page, 0)).rows).toBeLessThanOrEqual(most + others);
  // For each row that is there: how many are is the reader's to say. What the last changes replaced is let go of a moment later.
  const ofEach = ({ nodes, rows }: { nodes: number; rows: number }) => (nodes - 500) / rows;
  await expect
    .poll(async () => ofEach(await measure()), { timeout: 30_000 })
    .toBeLessThan(ofEach({ ...before, nodes: before.nodes + 500 }) * 1.25);
  const after = await measure();
  expect(after.listeners).toBeLessThan(before.listeners * 1.25 + 50);
  expect(after.heap).toBeLessThan(before.heap * 1.5 + 5_000_000);
});
