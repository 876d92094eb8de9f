import type { APIRequestContext } from "@playwright/test";
import type { DriftView } from "@/lib/areas/drift/contract";
import { expectAccessible } from "./support/accessible";
import { startOnShared } from "./support/cockpit";
import { deny } from "./support/queue-file";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const pages = [
  "/escalations",
  "/escalations?state=closed",
  "/escalations?state=breaches",
  "/drift",
  "/sources",
  "/operating-model",
];

/** The page of the episode that the sample's drift opened, however it stands. */
async function episodePage(reader: APIRequestContext): Promise<string> {
  const first = async () => ((await (await reader.get("/api/drift?days=7")).json()) as DriftView).episodes[0]?.id;
  await expect.poll(first, { message: "the sample's drift becomes an episode" }).toBeTruthy();
  return `/drift/${await first()}`;
}

test("every page is accessible", async ({ as, denied, http }) => {
  // A page full of rows takes the checker its time.
  test.slow();
  const item = await denied();
  const episode = await episodePage(await http("Operator"));
  const page = await as("Operator");
  for (const path of [...pages, `/escalations/${item.id}`, episode]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page, path);
  }
  const outside = await as(null);
  for (const path of ["/sign-in", "/sign-up"]) {
    await outside.goto(path);
    await expect(outside.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(outside, path);
  }
});

test("no page scrolls sideways on a telephone", async ({ as, denied, http }) => {
  const item = await denied({ reason: "x".repeat(300), owner: `${"o".repeat(80)}:${"p".repeat(80)}` });
  const episode = await episodePage(await http("Operator"));
  const page = await as("Operator", { viewport: { width: 390, height: 844 } });
  for (const path of [...pages, `/escalations/${item.id}`, episode]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const tooWide = await page.evaluate(() => {
      const wide = [...document.querySelectorAll("main *")].filter(
        (element) => element.getBoundingClientRect().right > innerWidth + 1,
      );
      return document.documentElement.scrollWidth > innerWidth
        ? wide.map((element) => element.outerHTML.slice(0, 100))
        : [];
    });
    expect(tooWide, path).toEqual([]);
  }
});

test("on a telephone the navigation shows where one is, however far to the right that stands", async ({ as }) => {
  const page = await as("Operator", { viewport: { width: 390, height: 844 } });
  const navigation = page.getByRole("navigation", { name: "Activities" });
  for (const [path, name] of [
    ["/operating-model", /^Operating model/],
    ["/escalations", /^Escalations/],
    ["/sources", /^Sources/],
  ] as const) {
    await page.goto(path);
    await expect(navigation.getByRole("link", { name })).toBeInViewport({ ratio: 1 });
  }
});

test("the queue shows at least 20 rows at 1440 × 900", async ({ as, cockpit }) => {
  const owner = "dense:rows";
  for (let index = 0; index < 25; index++) deny(cockpit.sessionDir, { owner });
  const page = await as("Tech Lead");
  await page.goto(`/escalations?owner=${encodeURIComponent(owner)}`);
  await expect(page.getByRole("row")).toHaveCount(26);
  const boxes = await Promise.all((await page.getByRole("row").all()).slice(1).map((row) => row.boundingBox()));
  expect(boxes.filter((box) => box && box.y >= 0 && box.y + box.height <= 900).length).toBeGreaterThanOrEqual(20);
});

test("every answer carries the security headers, every page a nonce of its own", async ({ http }) => {
  const context = await http("Stakeholder");
  const nonces = new Set<string>();
  for (const path of ["/escalations", "/escalations", "/operating-model"]) {
    const answer = await context.get(path);
    const headers = answer.headers();
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers["x-powered-by"]).toBeUndefined();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
  const api = await context.get("/api/escalations");
  expect(api.headers()).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
});

test("the icon is there for browsers that ask for it before they have read the page", async ({
  cockpit,
  playwright,
}) => {
  const stranger = await playwright.request.newContext({ baseURL: cockpit.url });
  const answer = await stranger.get("/favicon.ico");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/x-icon"]);
  await stranger.dispose();
});

test("an unknown page, an unknown item and a wrong filter are answered, not broken", async ({ as, complaints }) => {
  complaints.expect(/404/);
  const page = await as("Operator");
  expect((await page.goto("/nowhere"))!.status()).toBe(404);
  await page.goto("/escalations/01890000-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect((await page.goto("/escalations?sort=sideways&sla=never&after=nonsense"))!.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "Escalations" })).toBeVisible();
});

test("the states gallery is there for those who asked for it, and accessible; for everybody else there is no such page", async ({
  as,
  browser,
  complaints,
}) => {
  test.slow();
  complaints.expect(/404/);
  const elsewhere = await as("Operator");
  expect((await elsewhere.goto("/gallery"))!.status()).toBe(404);

  const cockpit = await startOnShared({ settings: { COCKPIT_GALLERY: "1" } });
  try {
    const http = await signIn(cockpit.url, cockpit.accounts[0]!);
    const context = await browser.newContext({ baseURL: cockpit.url, storageState: await http.storageState() });
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto("/gallery");
    await expect(page.getByRole("table", { name: "A list with rows" })).toBeVisible();
    await expect(page.getByText("The server did not answer.").first()).toBeVisible();
    await expectAccessible(page, "/gallery");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(said).toEqual([]);
    await Promise.all([context.close(), http.dispose()]);
  } finally {
    await cockpit.remove();
  }
});
