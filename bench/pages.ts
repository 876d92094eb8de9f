/**
 * `npm run bench -- pages`: the queue's page with 18 and 1,000 open items and with 10,000 open and 250,000 closed ones, beside a bare Next page
 * of the same elements, the same bytes served without any work, and the same page drawn whole by Next; what somebody sees of it; and what a
 * resolution costs. Everything is the production build, and is measured in turns.
 */
import os from "node:os";
import path from "node:path";
import { chromium, type APIRequestContext, type Browser } from "@playwright/test";
import { findChromium } from "@/bin/lib/chromium.mjs";
import { actOnItem } from "@/e2e/support/actions";
import { startCockpit, type Cockpit } from "@/e2e/support/cockpit";
import { query } from "@/e2e/support/database";
import { signIn } from "@/e2e/support/sign-in";
import { captureTree, startBarePage } from "./lib/bare-page";
import { fill } from "./lib/fill";
import { lookAt, type Look } from "./lib/first-look";
import { compare, quantiles, type Target } from "./lib/load";
import { serveSameBytes } from "./lib/same-bytes";
import { statementsOf } from "./lib/statements";

const sizes = {
  sample: { open: 18, closed: 0 },
  small: { open: 1_000, closed: 0 },
  large: { open: 10_000, closed: 250_000 },
};
const names = Object.keys(sizes) as (keyof typeof sizes)[];
const resolutions = 100;
const looks = 7;
const list = "/escalations";
/** As it is for who has no script, and as it was for everybody. */
const whole = "/escalations?drawn=whole";

type Subject = { name: string; cockpit: Cockpit; operator: APIRequestContext; cookie: string };

const say = (line: string) => console.error(line);
const ratio = (one: number, other: number) => (one / other).toFixed(2);
const ms = (value: number) => value.toFixed(1);

async function prepare(name: keyof typeof sizes): Promise<Subject> {
  say(`Starting the ${name} cockpit: ${sizes[name].open} open, ${sizes[name].closed} closed …`);
  const cockpit = await startCockpit();
  await fill(cockpit, sizes[name]);
  const operator = await signIn(
    cockpit.url,
    cockpit.accounts.find(({ role }) => role === "Operator")!,
  );
  const { cookies } = await operator.storageState();
  return { name, cockpit, operator, cookie: cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join("; ") };
}

/** The page's elements as the server draws them, where it draws them. */
async function elementsOf(browser: Browser, { cockpit, operator }: Subject) {
  const context = await browser.newContext({
    baseURL: cockpit.url,
    storageState: await operator.storageState(),
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  // Scripts would read on below the window's edge.
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(whole);
  await page.getByRole("table").waitFor();
  const tree = await captureTree(page);
  await context.close();
  return tree;
}

/** Milliseconds of resolutions through the server action, subject by subject in turns, while the worker writes them back. */
async function resolve(subjects: Subject[]): Promise<Map<string, number[]>> {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  const waiting = new Map<string, { id: string; version: number }[]>();
  for (const { name, cockpit } of subjects) {
    waiting.set(
      name,
      await query(
        cockpit.dataDir,
        `SELECT "id", "version" FROM "Escalation" WHERE "status" = 'open' AND "dueAt" > now() + interval '10 minutes' LIMIT $1`,
        [resolutions + 10],
      ),
    );
  }
  for (let turn = 0; turn < resolutions; turn++) {
    for (const subject of subjects)
      times.get(subject.name)!.push(await resolveOne(subject, waiting.get(subject.name)!.pop()!));
  }
  return times;
}

async function resolveOne({ cockpit, operator }: Subject, item: { id: string; version: number }): Promise<number> {
  const startedAt = performance.now();
  const answer = await actOnItem(operator, cockpit, "resolve", {
    ...item,
    outcome: "unblocked",
    note: "Measured.",
    lateCause: null,
  });
  if (answer.status() !== 200) throw new Error(`A resolution answered ${answer.status()}: ${await answer.text()}`);
  return performance.now() - startedAt;
}

async function statements(subject: Subject) {
  const { cockpit, operator } = subject;
  const get = () => operator.get(list).then((answer) => answer.text());
  await get();
  const page = await statementsOf(cockpit, get);
  const [item] = await query<{ id: string; version: number }>(
    cockpit.dataDir,
    `SELECT "id", "version" FROM "Escalation" WHERE "status" = 'open' AND "dueAt" > now() + interval '10 minutes' LIMIT 1`,
  );
  return { page, resolution: await statementsOf(cockpit, () => resolveOne(subject, item!)) };
}

async function places(subjects: readonly Subject[]) {
  const all = await Promise.all(
    subjects.map(async ({ name, cockpit, operator }) => ({
      ...{ name, storageState: await operator.storageState(), url: cockpit.url + list },
      rows: Math.min(50, sizes[name as keyof typeof sizes].open),
    })),
  );
  return [
    ...all,
    ...all.map((place) => ({ ...place, name: `${place.name}, whole`, url: place.url.replace(list, whole) })),
  ];
}

/** What was measured, as tables of docs/performance.md. */
function print(
  figures: Awaited<ReturnType<typeof compare>>,
  seen: Map<string, Look>,
  counted: Map<string, Awaited<ReturnType<typeof statements>>>,
  resolved: Map<string, number[]>,
) {
  console.log(
    `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; Node ${process.version}; load ${os.loadavg()[0]!.toFixed(1)}`,
  );
  console.log(
    "\n| page | p50 ms | p95 ms | requests/s | statements | first paint ms | rows there ms | script bytes |\n|---|---|---|---|---|---|---|---|",
  );
  for (const [name, { p50, p95, perSecond }] of figures) {
    const look = seen.get(name);
    const sight = look ? [ms(look.firstPaint), ms(look.rowsThere), look.script] : ["", "", ""];
    const page = [name, ms(p50), ms(p95), perSecond.toFixed(0), counted.get(name)?.page.length ?? "", ...sight];
    console.log(`| ${page.join(" | ")} |`);
  }
  const p50 = (name: string) => figures.get(name)!.p50;
  console.log(`\n| | ${names.join(" | ")} |\n|---|---|---|---|`);
  const row = (what: string, of: (name: string) => string) =>
    console.log(`| ${[what, ...names.map(of)].join(" | ")} |`);
  row("page ÷ bare, by client", (name) => ratio(p50(name), p50("bare, by client")));
  row("page ÷ bare, by server", (name) => ratio(p50(name), p50("bare, by server")));
  row("page ÷ the same bytes", (name) => ratio(p50(name), p50(`${name}, the same bytes`)));
  row("readers, of those of the whole page", (name) =>
    ratio(figures.get(name)!.perSecond, figures.get(`${name}, whole`)!.perSecond),
  );
  row("first paint ÷ that of the whole page", (name) =>
    ratio(seen.get(name)!.firstPaint, seen.get(`${name}, whole`)!.firstPaint),
  );
  row("÷ small", (name) => ratio(p50(name), p50("small")));
  console.log("\n| resolve | p50 ms | p95 ms | statements |\n|---|---|---|---|");
  for (const [name, times] of resolved)
    console.log(
      `| ${name} | ${ms(quantiles(times).p50)} | ${ms(quantiles(times).p95)} | ${counted.get(name)!.resolution.length} |`,
    );
  for (const [kind, sql] of Object.entries(counted.get("large")!))
    console.log(`\n${kind}:\n${sql.map((line) => `  ${line.slice(0, 140)}`).join("\n")}`);
}

async function run(): Promise<void> {
  const subjects: Subject[] = [];
  const stops: (() => unknown)[] = [];
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    for (const name of names) subjects.push(await prepare(name));
    say("Building the bare page …");
    const elements = await elementsOf(
      browser,
      subjects.find(({ name }) => name === "small")!,
    );
    const bare = await startBarePage(path.resolve(".data/bench-bare-page"), elements);
    stops.push(() => bare.stop());
    const targets = [
      { name: "bare, by server", url: bare.byServer },
      { name: "bare, by client", url: bare.byClient },
    ];
    for (const { name, cockpit, cookie } of subjects) {
      const bytes = await serveSameBytes(cockpit.url + list, cookie);
      stops.push(bytes.stop);
      targets.push(
        { name, url: cockpit.url + list, cookie } as Target,
        { name: `${name}, whole`, url: cockpit.url + whole, cookie } as Target,
        { name: `${name}, the same bytes`, url: bytes.url },
      );
    }
    const figures = await compare(targets, say);
    say("Looking …");
    const seen = await lookAt(browser, await places(subjects), looks);
    say("Counting statements and resolving …");
    const counted = new Map<string, Awaited<ReturnType<typeof statements>>>();
    for (const subject of subjects) counted.set(subject.name, await statements(subject));
    // Of a sample there are not as many to resolve.
    const resolved = await resolve(subjects.filter(({ name }) => name !== "sample"));
    print(figures, seen, counted, resolved);
  } catch (error) {
    for (const { name, cockpit } of subjects) say(`The ${name} cockpit had said:\n${cockpit.said()}`);
    throw error;
  } finally {
    for (const stop of stops) await stop();
    await browser.close();
    for (const { cockpit, operator } of subjects) {
      await operator.dispose();
      await cockpit.remove();
    }
  }
}

await run();
