/**
 * `npm run bench -- pages`: the queue's page beside a bare Next page of the same elements, with 1,000 open items and with 10,000
 * open and 250,000 closed ones; and what a resolution costs. Everything is the production build, and is measured in turns.
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
import { compare, quantiles } from "./lib/load";
import { statementsOf } from "./lib/statements";

const sizes = { small: { open: 1_000, closed: 0 }, large: { open: 10_000, closed: 250_000 } };
const resolutions = 100;
const list = "/escalations";

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

/** The page's elements as the server draws them, and the compressed bytes of the scripts that its first load fetches. */
async function look(browser: Browser, { cockpit, operator }: Subject) {
  const context = await browser.newContext({
    baseURL: cockpit.url,
    storageState: await operator.storageState(),
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script")
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(list);
  await page.getByText("Live", { exact: true }).waitFor();
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  // Scripts would read on below the window's edge.
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(list);
  await page.getByRole("table").waitFor();
  const tree = await captureTree(page);
  await context.close();
  return { tree, bytes };
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

async function run(): Promise<void> {
  const subjects: Subject[] = [];
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    for (const name of ["small", "large"] as const) subjects.push(await prepare(name));
    const looks = new Map<string, Awaited<ReturnType<typeof look>>>();
    for (const subject of subjects) looks.set(subject.name, await look(browser, subject));
    say("Building the bare page …");
    const bare = await startBarePage(path.resolve(".data/bench-bare-page"), looks.get("small")!.tree);
    try {
      const targets = [
        { name: "bare, by server", url: bare.byServer },
        { name: "bare, by client", url: bare.byClient },
        ...subjects.map(({ name, cockpit, cookie }) => ({ name, url: cockpit.url + list, cookie })),
      ];
      const figures = await compare(targets, say);
      say("Counting statements and resolving …");
      const counted = new Map<string, Awaited<ReturnType<typeof statements>>>();
      for (const subject of subjects) counted.set(subject.name, await statements(subject));
      const resolved = await resolve(subjects);

      console.log(
        `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; Node ${process.version}`,
      );
      console.log("\n| page | p50 ms | p95 ms | requests/s | statements | script bytes |\n|---|---|---|---|---|---|");
      for (const [name, { p50, p95, perSecond }] of figures) {
        console.log(
          `| ${name} | ${ms(p50)} | ${ms(p95)} | ${perSecond.toFixed(0)} | ${counted.get(name)?.page.length ?? 0} | ${looks.get(name)?.bytes ?? "–"} |`,
        );
      }
      const p50 = (name: string) => figures.get(name)!.p50;
      for (const way of ["bare, by server", "bare, by client"])
        console.log(
          `\nlist ÷ ${way}: ${ratio(p50("small"), p50(way))} (small), ${ratio(p50("large"), p50(way))} (large)`,
        );
      console.log(`\nlarge ÷ small: ${ratio(p50("large"), p50("small"))}`);
      console.log("\n| resolve | p50 ms | p95 ms | statements |\n|---|---|---|---|");
      for (const [name, times] of resolved)
        console.log(
          `| ${name} | ${ms(quantiles(times).p50)} | ${ms(quantiles(times).p95)} | ${counted.get(name)!.resolution.length} |`,
        );
      for (const [kind, sql] of Object.entries(counted.get("large")!))
        console.log(`\n${kind}:\n${sql.map((line) => `  ${line.slice(0, 140)}`).join("\n")}`);
    } finally {
      await bare.stop();
    }
  } catch (error) {
    for (const { name, cockpit } of subjects) say(`The ${name} cockpit had said:\n${cockpit.said()}`);
    throw error;
  } finally {
    await browser.close();
    for (const { cockpit, operator } of subjects) {
      await operator.dispose();
      await cockpit.remove();
    }
  }
}

await run();
