/**
 * `npm run bench -- live`: how long from a line on disk, appended to thegent's queue file by another process, until its row is drawn on
 * open pages of the queue; and how much of it had passed when the server's news of it left.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Browser, type Page } from "@playwright/test";
import { findChromium } from "@/bin/lib/chromium.mjs";
import { startCockpit, type Account, type Cockpit } from "@/e2e/support/cockpit";
import { signIn } from "@/e2e/support/sign-in";
import { systemClock } from "@/lib/kernel/time";
import type { Appended } from "./lib/append-lines";
import { fill } from "./lib/fill";
import { quantiles } from "./lib/load";

const open = 1_000;
const list = "/escalations";
/** `pages` are shared out among the sample's people, each with a browser of their own; `due`: in minutes, before whatever is open already. */
const scenarios = [
  { name: "one page, a line every 2 s", pages: 1, lines: 30, everyMs: 2000, due: 55 },
  { name: "20 pages of five people, all in sight, a line every second", pages: 20, lines: 90, everyMs: 1000, due: 45 },
];

type Scenario = (typeof scenarios)[number];

/** When a page drew the row of a run, by the run. */
type Drawn = Record<string, number>;

const say = (line: string) => console.error(line);

/** In the page: notes when each row is first there. Not the frame that shows it, at most a sixtieth of a second later: of twenty pages only one is in front. */
function watchRows(): void {
  const drawn: Drawn = ((window as unknown as { drawn: Drawn }).drawn = {});
  new MutationObserver(() => {
    for (const link of document.querySelectorAll("a[data-row]")) {
      const run = link.textContent;
      if (run) drawn[run] ??= Date.now();
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** Hears the server's news as a page does, and when each came that makes the queue old. */
async function hearNews({ url }: Cockpit, cookie: string): Promise<{ times: number[]; leave(): void }> {
  const leaving = new AbortController();
  const times: number[] = [];
  const { body } = await fetch(`${url}/api/live`, { headers: { cookie }, signal: leaving.signal });
  const read = async () => {
    for await (const piece of body!.pipeThrough(new TextDecoderStream()))
      if (piece.includes('"escalations"')) times.push(systemClock().getTime());
  };
  read().catch(() => undefined);
  return { times, leave: () => leaving.abort() };
}

async function openPages(browser: Browser, { url, accounts }: Cockpit, count: number): Promise<Page[]> {
  const people = accounts.slice(0, Math.min(count, accounts.length));
  const contexts = await Promise.all(
    people.map(async (account) => {
      const session = await signIn(url, account);
      const context = await browser.newContext({
        baseURL: url,
        storageState: await session.storageState(),
        viewport: { width: 1440, height: 900 },
      });
      await session.dispose();
      await context.addInitScript(watchRows);
      return context;
    }),
  );
  const pages: Page[] = [];
  for (let made = 0; made < count; made++) {
    const page = await contexts[made % contexts.length]!.newPage();
    await page.goto(list);
    await page.getByText("Live", { exact: true }).waitFor();
    pages.push(page);
  }
  return pages;
}

/** Appends lines by another process; answers what it wrote once it has ended. */
async function append({ sessionDir }: Cockpit, { lines, everyMs, due }: Scenario): Promise<Appended[]> {
  const args = [sessionDir, lines, everyMs, due].map(String);
  const writer = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "bench/lib/append-lines.ts", ...args],
    { stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const appended: Appended[] = [];
  writer.on("message", (line) => appended.push(line as Appended));
  await once(writer, "close");
  return appended;
}

const cookieOf = async ({ url }: Cockpit, account: Account): Promise<string> => {
  const session = await signIn(url, account);
  const { cookies } = await session.storageState();
  await session.dispose();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
};

async function measure(browser: Browser, cockpit: Cockpit, scenario: Scenario): Promise<string> {
  const { name, pages: count } = scenario;
  say(`${name} …`);
  const pages = await openPages(browser, cockpit, count);
  const news = await hearNews(cockpit, await cookieOf(cockpit, cockpit.accounts[0]!));
  await pause(3000);
  const appended = await append(cockpit, scenario);
  await pause(5000);
  news.leave();
  const drawn = await Promise.all(
    pages.map((page) => page.evaluate(() => (window as unknown as { drawn: Drawn }).drawn)),
  );
  await Promise.all(pages.map((page) => page.close()));
  // A page that read so late that the row was not among the first any more never drew it.
  const rows = quantiles(appended.flatMap(({ runId, at }) => drawn.map((page) => (page[runId] ?? Infinity) - at)));
  const left = quantiles(appended.map(({ at }) => news.times.find((time) => time >= at)! - at));
  return `| ${name} | ${left.p50} / ${left.p95} ms | ${rows.p50} / ${rows.p95} ms |`;
}

async function run(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  const cockpit = await startCockpit();
  try {
    say(`Filling the queue: ${open} open …`);
    await fill(cockpit, { open, closed: 0 });
    const rows: string[] = [];
    for (const scenario of scenarios) rows.push(await measure(browser, cockpit, scenario));
    console.log(
      `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)}; Node ${process.version}`,
    );
    console.log("\n| | the server's news has left, p50 / p95 | the row is drawn, p50 / p95 |\n|---|---|---|");
    for (const row of rows) console.log(row);
  } finally {
    await browser.close();
    await cockpit.remove();
  }
}

await run();
