/** What somebody sees who opens a page in Chromium: when something is painted first, when its rows are there, and what its script weighs. */
import type { Browser, BrowserContextOptions } from "@playwright/test";
import { quantiles } from "./load";

type Place = { name: string; url: string; storageState: BrowserContextOptions["storageState"]; rows: number };
export type Look = { firstPaint: number; rowsThere: number; script: number };

/** Text, because the TypeScript loader wraps functions in a helper that the browser does not have. */
const watchRows = (rows: number) => `
  new MutationObserver((_, watch) => {
    if (document.querySelectorAll("tbody a").length < ${rows}) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.rowsThereAt = performance.now())));
  }).observe(document, { childList: true, subtree: true });`;

const reading = `({
  firstPaint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  rowsThere: window.rowsThereAt,
})`;

/** The medians of looks in turns, each in a window without a cache. */
export async function lookAt(browser: Browser, places: readonly Place[], rounds: number): Promise<Map<string, Look>> {
  const seen = new Map(places.map(({ name }) => [name, [] as Look[]]));
  // The first ones warm up what is measured.
  for (let round = -1; round < rounds; round++)
    for (const place of places) {
      const one = await look(browser, place);
      if (round >= 0) seen.get(place.name)!.push(one);
    }
  const median = (all: Look[], of: keyof Look) => quantiles(all.map((one) => one[of])).p50;
  return new Map(
    [...seen].map(([name, all]) => [
      name,
      {
        firstPaint: median(all, "firstPaint"),
        rowsThere: median(all, "rowsThere"),
        script: median(all, "script"),
      },
    ]),
  );
}

async function look(browser: Browser, { url, storageState, rows }: Place): Promise<Look> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script")
        scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.addInitScript(watchRows(rows));
    await page.goto(url);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.waitForFunction("window.rowsThereAt > 0");
    const times = await page.evaluate<Omit<Look, "script">>(reading);
    return { ...times, script: (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0) };
  } finally {
    await context.close();
  }
}
