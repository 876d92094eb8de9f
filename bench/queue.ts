/**
 * `npm run bench -- queue`: what reading the queue costs with 10,000 open and 1,000,000 closed items, beside the same with 1,000 items in
 * all, and with the same 10,000 open ones alone, which shows what the closed ones cost: the list, the list under filters, each facet's choice, a detail and the next item, through the functions that pages and routes call.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import { listQuerySchema, sorts, type ListQuery } from "@/lib/areas/escalation/contract";
import { listEscalations } from "@/lib/areas/escalation/read/list";
import { nextItem } from "@/lib/areas/escalation/read/next-item";
import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { closeDatabase, pool, useDatabase } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { migrate } from "@/lib/server/migrate";
import { makeSource } from "@/lib/testing/scenarios";
import { fillQueue, lanes, ownerOf, someItems } from "./lib/fill-queue";
import { quantiles } from "./lib/load";

const sizes = {
  small: { open: 1_000, closed: 0 },
  open: { open: 10_000, closed: 0 },
  large: { open: 10_000, closed: 1_000_000 },
};
const names = Object.keys(sizes) as Size[];
const rounds = 4;
const readsPerRound = 25;

type Size = keyof typeof sizes;
type Subject = { name: Size; url: string; directory: string; reader: PersonActor; open: string[]; closed: string[] };
/** One read, the n-th; its time is what it takes. */
type Read = (subject: Subject, n: number, now: Date) => Promise<unknown>;

const say = (line: string) => console.error(line);
const grantOf = ({ reader }: Subject) => authoriseRead({ actor: reader }, "escalation.view");
const list =
  (query: Partial<ListQuery>): Read =>
  (subject, _n, now) =>
    listEscalations(grantOf(subject), { ...listQuerySchema.parse({}), ...query }, now);

/** Positions of the middle of the list, by subject. */
const middles = new Map<string, string>();
/** An instant that is asked twice is answered from what was counted the first time. */
let standing: Date;

const reads: Record<string, Read> = {
  "list, first page": list({}),
  "list, first page, counted less than a second ago": (subject) => list({})(subject, 0, standing),
  "list, a page from its middle": (subject, n, now) => list({ after: middles.get(subject.name) })(subject, n, now),
  ...Object.fromEntries(sorts.filter((sort) => sort !== "due").map((sort) => [`list by ${sort}`, list({ sort })])),
  "list, path chosen": list({ path: "incident" }),
  "list, past SLA chosen": list({ sla: "past" }),
  "list, priority chosen": list({ priority: 3 }),
  "list, lane chosen": (subject, n, now) => list({ lane: lanes[n % lanes.length] })(subject, n, now),
  "list, owner chosen": (subject, n, now) => list({ owner: ownerOf(n + 1) })(subject, n, now),
  "list, level chosen": list({ level: 1 }),
  "list, mine": list({ claim: "mine" }),
  "list, four filters at once": list({ path: "policy_denial", sla: "past", lane: "critical", claim: "none" }),
  "list of the breaches": list({ state: "breaches" }),
  "list of the closed": list({ state: "closed" }),
  "figures of the shell": (subject, _n, now) => queueSummary(grantOf(subject), now),
  "detail of an open item": (subject, n, now) =>
    findEscalationDetail(grantOf(subject), subject.open[n % subject.open.length]!, now),
  "detail of a closed item": (subject, n, now) =>
    findEscalationDetail(grantOf(subject), subject.closed[n % subject.closed.length]!, now),
  "next item": (subject, n, now) =>
    nextItem(grantOf(subject), listQuerySchema.parse({}), subject.open[n % subject.open.length]!, now),
};

type Quantiles = ReturnType<typeof quantiles>;

async function prepare(name: Size, url: string): Promise<Subject> {
  const { open, closed } = sizes[name];
  say(`Filling ${open} open and ${closed} closed items …`);
  const begun = performance.now();
  await migrate(url);
  await useDatabase(url);
  const directory = `/bench/${name}`;
  const sourceId = await makeSource(directory);
  const now = systemClock();
  const { operators } = await fillQueue(sourceId, sizes[name], now);
  const subject: Subject = {
    name,
    url,
    directory,
    reader: operators[0]!,
    open: await someItems(sourceId, true, 200),
    closed: await someItems(sourceId, false, 200),
  };
  const half = await pool().query<{ key: string }>(
    `SELECT "id" AS key FROM "Escalation" WHERE "sourceId" = $1 AND "status" IN ('open', 'claimed') ORDER BY "dueAt", "id" OFFSET $2 LIMIT 1`,
    [sourceId, Math.floor(open / 2)],
  );
  middles.set(name, await positionOf(half.rows[0]!.key));
  say(`… in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  return subject;
}

async function positionOf(id: string): Promise<string> {
  const { rows } = await pool().query<{ dueAt: Date }>(`SELECT "dueAt" FROM "Escalation" WHERE "id" = $1`, [id]);
  return Buffer.from(JSON.stringify(["due", rows[0]!.dueAt.toISOString(), id])).toString("base64url");
}

/** Milliseconds by read and size, in turns, so that whatever else the machine does meets all alike. */
async function measure(subjects: readonly Subject[]): Promise<Map<string, Record<Size, number[]>>> {
  const times = new Map(
    Object.keys(reads).map((name) => [name, { small: [] as number[], open: [] as number[], large: [] as number[] }]),
  );
  let now = systemClock().getTime();
  // Each read two seconds after the one before: nothing is answered from what was counted before.
  const later = () => new Date((now += 2000));
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds} …`);
    for (const subject of subjects) {
      await useDatabase(subject.url);
      useSource(subject.directory);
      for (const [name, read] of Object.entries(reads)) {
        if (name === "detail of a closed item" && !subject.closed.length) continue;
        standing = later();
        for (let n = -3; n < readsPerRound; n++) {
          const at = later();
          if (name.includes("a second ago")) now = standing.getTime();
          const begun = performance.now();
          await read(subject, Math.abs(n) + round * readsPerRound, at);
          if (n >= 0) times.get(name)![subject.name].push(performance.now() - begun);
        }
      }
    }
  }
  return times;
}

/** `busy`: the machine's load when the reading began, which is the reader's own and whatever else goes on. */
function print(times: Map<string, Record<Size, number[]>>, busy: number): void {
  const ms = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(1));
  console.log(
    `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; Node ${process.version}; ${systemClock().toISOString().slice(0, 10)}; load ${busy.toFixed(1)}`,
  );
  const ratio = (of: { p50: number }, to: { p50: number }) =>
    Number.isNaN(to.p50) ? "–" : (of.p50 / to.p50).toFixed(2);
  console.log("\nMilliseconds, p50 / p95. Ratios of p50: all that grew; the million closed ones alone.\n");
  console.log(
    "| read | 1,000 in all | 10,000 open | 10,000 open and 1,000,000 closed | ÷ 1,000 | ÷ 10,000 |\n|---|---|---|---|---|---|",
  );
  for (const [name, of] of times) {
    const [small, open, large] = names.map((size) => quantiles(of[size])) as [Quantiles, Quantiles, Quantiles];
    const cells = [small, open, large].map(({ p50, p95 }) => `${ms(p50)} / ${ms(p95)}`);
    console.log(`| ${[name, ...cells, ratio(large, small), ratio(large, open)].join(" | ")} |`);
  }
}

/** Only reads are timed, so what is written need not survive a power cut. */
async function run(): Promise<void> {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-bench-")));
  fs.chmodSync(home, 0o711); // the server's unprivileged account must be able to enter
  const server = await startEmbeddedPostgres({
    directory: path.join(home, "postgres"),
    settings: { fsync: "off", full_page_writes: "off", max_wal_size: "8GB" },
  });
  try {
    await useDatabase(server.url("postgres"));
    const subjects: Subject[] = [];
    for (const name of names) {
      await useDatabase(server.url("postgres"));
      await pool().query(`CREATE DATABASE bench_${name}`);
      subjects.push(await prepare(name, server.url(`bench_${name}`)));
    }
    const [busy] = os.loadavg();
    print(await measure(subjects), busy!);
  } finally {
    await closeDatabase();
    await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await run();
