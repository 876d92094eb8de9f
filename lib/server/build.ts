/**
 * The production build: made when the sources are not those it was made from. Each is kept in a directory of its own, so that a
 * cockpit that runs is not disturbed when a later start, or the tests, build anew.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { digestOf } from "@/bin/lib/repository.mjs";
import { systemClock } from "@/lib/clock";
import { StartError } from "@/lib/errors";
import { openLog } from "@/lib/server/log-files";
import { takeLock } from "@/lib/server/lock";

const sources = ["app", "components", "lib", "prisma/schema", "public", "proxy.ts", "next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json"];
const notBuilt = /\.test\.tsx?$|\/lib\/(testing|cli)\//;
/** Of what `next build` leaves: what only the next build or the development server reads. */
const notServed = /\/\.next\/(cache|dev|diagnostics|types)(\/|$)/;
const kept = 5;

type Building = { root: string; logPath: string; say(line: string): void; onChild?(child: ChildProcess): void };

/** The directory of the current build, for Next to run in; it is made first if need be. Refuses with a StartError when that fails. */
export async function currentBuild({ root, logPath, say, onChild }: Building): Promise<string> {
  const wanted = () => path.join(root, ".builds", digestOf(sources.map((name) => path.join(root, name)), (file) => !notBuilt.test(file)).slice(0, 16));
  const ready = () => (fs.existsSync(wanted()) ? use(wanted()) : undefined);
  const before = ready();
  if (before) return before;
  const release = await lockBuild(root, say);
  try {
    const made = ready();
    if (made) return made;
    const directory = wanted();
    say("Building the pages …");
    await build(root, logPath, onChild);
    store(root, directory);
    forgetOld(path.dirname(directory));
    return use(directory);
  } finally {
    release();
  }
}

/** Its time says when it was last used. */
function use(directory: string): string {
  const now = systemClock();
  fs.utimesSync(directory, now, now);
  return directory;
}

/** Complete or not there: it is renamed into place. */
function store(root: string, directory: string): void {
  const draft = `${directory}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  fs.cpSync(path.join(root, ".next"), path.join(draft, ".next"), { recursive: true, verbatimSymlinks: true, filter: (from) => !notServed.test(from) });
  const beside = ["next.config.mjs", "package.json", "public"].filter((name) => fs.existsSync(path.join(root, name)));
  for (const name of beside) fs.cpSync(path.join(root, name), path.join(draft, name), { recursive: true });
  // The build links to packages by way of the directory it lies in.
  fs.symlinkSync("../../node_modules", path.join(draft, "node_modules"));
  fs.renameSync(draft, directory);
}

function forgetOld(folder: string): void {
  const all = fs.readdirSync(folder).map((name) => path.join(folder, name));
  const byUse = all.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  for (const old of byUse.slice(kept)) fs.rmSync(old, { recursive: true, force: true });
}

/** Starts with different data directories share one build. */
async function lockBuild(root: string, say: (line: string) => void): Promise<() => void> {
  const file = path.join(root, "node_modules/.cockpit-build-lock");
  for (let waited = false; ; waited = true) {
    const lock = takeLock(file);
    if (lock.ok) return () => lock.release();
    if (!waited) say(`Waiting for the build that process ${lock.holder.pid} makes …`);
    await sleep(300);
  }
}

async function build(root: string, logPath: string, onChild?: (child: ChildProcess) => void): Promise<void> {
  fs.rmSync(logPath, { force: true });
  const log = openLog(logPath);
  const child = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  onChild?.(child);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return;
  const said = fs.readFileSync(logPath, "utf8").trim().split("\n").map((line) => line.trim());
  const why = said.find((line) => /error|failed/i.test(line)) ?? said.at(-1) ?? "no output";
  throw new StartError(`The build failed: ${why}`, `See ${logPath}.`);
}
