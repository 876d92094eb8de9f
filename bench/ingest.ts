/**
 * `npm run bench -- ingest`: how long a first import of a large registry, and of a long queue, takes; and one denial behind many other lines. With a
 * number, `npm run bench -- ingest 1000000 unusable`, only the last, behind so many lines, of the kinds that have the word in their name.
 */
import { createWriteStream } from "node:fs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { startIngest } from "@/lib/areas/source/ingest/ingest";
import { registerSource } from "@/lib/areas/source/store/registration";
import { closeDatabase, db, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { migrate } from "@/lib/server/migrate";
import { cockpitMay } from "@/lib/testing/grants";
import { registryLines } from "./registry-lines";

const registryCount = 100_000;
const waitingRuns = 10_000;
const [given, word = ""] = process.argv.slice(2);
const linesBefore = Number(given ?? 200_000);

export async function run(): Promise<void> {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-bench-")));
  fs.chmodSync(home, 0o711); // the server's unprivileged account must be able to enter
  const server = await startEmbeddedPostgres({ directory: path.join(home, "postgres") });
  try {
    const maintenance = server.url("postgres");
    await migrate(maintenance);
    await useDatabase(maintenance);
    if (given === undefined) await measureImports(home);
    await measureBehind(home);
    console.log(
      `${await db().escalation.count()} items, ${await db().sourceRecord.count()} records, ${await db().quarantinedLine.count()} quarantined`,
    );
  } finally {
    await closeDatabase();
    await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

async function measureImports(home: string): Promise<void> {
  const sample = fs.readFileSync("samples/session/run_registry.jsonl", "utf8");
  await measure(path.join(home, "registry"), "run_registry.jsonl", registryCount, registryLines(sample, registryCount));
  await measure(
    path.join(home, "queue"),
    "escalation_queue.jsonl",
    waitingRuns,
    queueLines(waitingRuns, systemClock()),
  );
}

async function measure(directory: string, name: string, count: number, lines: Iterable<string>): Promise<void> {
  fs.mkdirSync(directory);
  const file = path.join(directory, name);
  await pipeline(Readable.from(withEndings(lines)), createWriteStream(file));
  await registerSource(cockpitMay("source.register"), directory, false, systemClock());
  let seconds = await timed(directory);
  const megabytes = fs.statSync(file).size / 1e6;
  console.log(
    `${name}: ${count} lines, ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} lines/s`,
  );

  await changeFirstRecord(file);
  seconds = await timed(directory);
  console.log(`${name}: read again after a change of one line near its start, in ${seconds.toFixed(1)} s`);
}

/** How fast lines of one kind are read that stand before a denial in the queue: good ones, and those that cannot be used. */
async function measureBehind(home: string): Promise<void> {
  const unusable = JSON.parse(fs.readFileSync("lib/thegent/files/testing/bad-line-kinds.json", "utf8")) as string[];
  const now = systemClock();
  const closed = (n: number) => queueLine(n, now, { status: "resolved", resolved_at_utc: now.toISOString() });
  const kinds: [string, (n: number) => string][] = [
    ["good lines, each of a run of its own and closed", closed],
    ["good lines, all equal", () => closed(0)],
    [`unusable lines of ${unusable.length} kinds in turn`, (n) => unusable[n % unusable.length]!],
    ["unusable lines, all equal", () => "x"],
    ["unusable lines, no two equal", (n) => `{"run_id": "run_${n}", torn`],
  ];
  for (const [kind, line] of kinds.filter(([name]) => name.includes(word))) {
    const directory = path.join(home, kind.replaceAll(/\W+/g, "-"));
    fs.mkdirSync(directory);
    const sourceId = await registerSource(cockpitMay("source.register"), directory, false, systemClock());
    const before = Array.from({ length: linesBefore }, (_, n) => `${line(n)}\n`);
    await pipeline(
      Readable.from([...before, `${queueLine(-1, now)}\n`]),
      createWriteStream(path.join(directory, "escalation_queue.jsonl")),
    );
    const seconds = await timed(directory);
    if ((await db().escalation.count({ where: { sourceId, runId: "run_-1" } })) !== 1)
      throw new Error("The denial behind the lines is not open.");
    console.log(
      `${linesBefore} ${kind}, then one denial: open after ${seconds.toFixed(1)} s, ${Math.round(linesBefore / seconds)} lines/s; ${await sayKept(sourceId)}`,
    );
  }
}

/** What is kept of lines that cannot be used: equal ones once, with their count, and each with its reason. */
async function sayKept(sourceId: string): Promise<string> {
  const of = { file: { sourceId } };
  const { _sum, _count } = await db().quarantinedLine.aggregate({ where: of, _sum: { count: true }, _count: true });
  const unexplained = await db().quarantinedLine.count({ where: { ...of, reason: "" } });
  return `${_sum.count ?? 0} unusable, kept as ${_count}, ${unexplained} without a reason`;
}

/** From the start of a worker until everything on disk is recorded. */
async function timed(directory: string): Promise<number> {
  const begun = performance.now();
  const ingest = startIngest({ directory });
  await ingest.settled();
  const seconds = (performance.now() - begun) / 1000;
  await ingest.stop();
  return seconds;
}

/** As a resolution does: another file takes the name, every later line a little further on. */
async function changeFirstRecord(file: string): Promise<void> {
  const content = fs.readFileSync(file, "utf8");
  const at = content.indexOf("\n") + 1;
  const end = content.indexOf("\n", at);
  fs.writeFileSync(
    `${file}.tmp`,
    `${content.slice(0, at)}${content.slice(at, end - 1)}, "seen": true}${content.slice(end)}`,
  );
  fs.renameSync(`${file}.tmp`, file);
}

function* withEndings(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** Pending denials, each of a run of its own. */
function* queueLines(count: number, now: Date): Generator<string> {
  for (let n = 0; n < count; n++) yield queueLine(n, now);
}

function queueLine(n: number, now: Date, change: { status?: string; resolved_at_utc?: string } = {}): string {
  const time = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString().replace("Z", "000+00:00");
  return JSON.stringify({
    run_id: `run_${n}`,
    reason: "Critical lane requires confidence >= 0.9 (current: 0.8945)",
    owner: `team-${n % 40}:shop`,
    agent: "claude",
    lane: n % 3 ? "standard" : "critical",
    priority: n % 5,
    blocked_at_utc: time(-n % 600),
    escalate_by_utc: time(30 - (n % 600)),
    sla_minutes: 30,
    status: "pending",
    ...change,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await run();
