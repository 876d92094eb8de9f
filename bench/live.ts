/**
 * `npm run bench -- live`: how long from a line on disk, appended to thegent's queue file by another process, until a frame shows its row
 * on open pages of the queue; and how much of it had passed when the server's news of it left. With a word, only the measurements that have it in their name.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { findChromium } from "@/bin/lib/chromium.mjs";
import { startCockpit, type Cockpit } from "@/e2e/support/cockpit";
import { deny } from "@/e2e/support/queue-file";
import { systemClock } from "@/lib/kernel/time";
import type { Appended } from "./lib/append-lines";
import { cookiesOf, drawnBy, sitDown, timeToFront, type Desk } from "./lib/desk";
import { launchChromium, type Chromium, type Tab } from "./lib/devtools";
import { fill } from "./lib/fill";
import { quantiles } from "./lib/load";

const open = 1_000;
const address = "/escalations";
/** `pages`: of each of the sample's people. `due`: in minutes, before whatever is open already. */
const scenarios = [
  { name: "one page, a line every 2 s", people: 1, pages: 1, inSight: true, lines: 30, everyMs: 2000, due: 55 },
  {
    name: "20 pages: five people, four tabs each, one in front; a line every second",
    ...{ people: 5, pages: 4, inSight: false, lines: 90, everyMs: 1000, due: 45 },
  },
  {
    name: "20 pages of five people, all in sight; a line every second",
    ...{ people: 5, pages: 4, inSight: true, lines: 90, everyMs: 1000, due: 35 },
  },
];

type Scenario = (typeof scenarios)[number];

const say = (line: string) => console.error(line);

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

/** Lines come while nobody looks; then the tabs are brought to the front, one after the other, until each person has seen all of theirs twice. */
async function lookAtHidden({ sessionDir }: Cockpit, desks: Desk[], due: number): Promise<number[]> {
  const times: number[] = [];
  const turns = 2 * desks[0]!.length;
  for (let turn = 0; turn < turns; turn++) {
    const { run_id } = deny(sessionDir, { owner: "hidden:shop", minutesLeft: due - turn / 10 });
    await pause(2000);
    for (const desk of desks) times.push(await timeToFront(desk[turn % desk.length]!, run_id));
  }
  return times;
}

async function measure(browser: Chromium, cockpit: Cockpit, scenario: Scenario): Promise<string> {
  const { name, people, pages, inSight, due } = scenario;
  say(`${name} …`);
  const desks: Desk[] = [];
  for (const account of cockpit.accounts.slice(0, people))
    desks.push(await sitDown(browser, cockpit, await cookiesOf(cockpit, account), { address, pages, inSight }));
  const cookies = await cookiesOf(cockpit, cockpit.accounts[0]!);
  const news = await hearNews(cockpit, cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
  await pause(3000);
  const appended = await append(cockpit, scenario);
  await pause(5000);
  news.leave();
  const seen: Tab[] = inSight ? desks.flat() : desks.map((desk) => desk.at(-1)!);
  const drawn = await Promise.all(seen.map(drawnBy));
  const front = inSight ? [] : await lookAtHidden(cockpit, desks, due - 10);
  for (const { targetId } of desks.flat()) await browser.send("Target.closeTarget", { targetId });
  // A page that read so late that the row was not among the first any more never drew it.
  const rows = appended.flatMap(({ runId, at }) => drawn.map((page) => (page[runId] ?? Infinity) - at));
  const left = appended.map(({ at }) => news.times.find((time) => time >= at)! - at);
  return `| ${[name, ...[left, rows, front].map(sayQuantiles)].join(" | ")} |`;
}

function sayQuantiles(values: number[]): string {
  const { p50, p95 } = quantiles(values);
  return values.length ? `${p50} / ${p95} ms` : "";
}

async function run(): Promise<void> {
  const browser = await launchChromium((await findChromium({ windows: true })) ?? "", [
    "--headless=new",
    "--disable-gpu",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ]);
  const cockpit = await startCockpit();
  try {
    say(`Filling the queue: ${open} open …`);
    await fill(cockpit, { open, closed: 0 });
    const rows: string[] = [];
    for (const scenario of scenarios.filter(({ name }) => name.includes(process.argv[2] ?? "")))
      rows.push(await measure(browser, cockpit, scenario));
    console.log(
      `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)}; Node ${process.version}`,
    );
    console.log(
      "\n| p50 / p95 | the server's news has left | a page in sight shows the row | a hidden page shows what it missed, once in front |\n|---|---|---|---|",
    );
    for (const row of rows) console.log(row);
  } finally {
    await browser.close();
    await cockpit.remove();
  }
}

await run();
