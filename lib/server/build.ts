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
import { StartError } from "@/lib/kernel/errors";
import { systemClock } from "@/lib/kernel/time";
import { takeLock } from "./lock";
import { openLog } from "./log-files";
import { packScripts } from "./pack-scripts";

const sources = [
  "app",
  "components",
  "lib",
  "prisma/schema",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const notBuilt = /\.test\.tsx?$|\/lib\/(testing|cli)\//;
/** Of what `next build` leaves: what only the next build or the development server reads. */
const notServed = /\/\.next\/(cache|dev|diagnostics|types)(\/|$)/;
const kept = 5;

type Building = {
  root: string;
  dataDir: string;
  logPath: string;
  say(line: string): void;
  onChild?(child: ChildProcess): void;
};

/** The directory of the current build, for Next to run in; it is made first if need be. Refuses with a StartError when that fails. */
export async function currentBuild({ root, dataDir, logPath, say, onChild }: Building): Promise<string> {
  const name = () =>
    digestOf(
      sources.map((source) => path.join(root, source)),
      (file) => !notBuilt.test(file),
    ).slice(0, 16);
  const place = buildPlace(root, dataDir);
  const ready = () =>
    [path.join(root, ".builds"), place.builds]
      .map((builds) => path.join(builds, name()))
      .find((directory) => fs.existsSync(directory));
  const before = ready();
  if (before) return use(before);
  const release = await lockBuild(place.lock, say);
  try {
    const made = ready();
    if (made) return use(made);
    const directory = path.join(place.builds, name());
    say("Building the pages …");
    if (place.workshop !== root) copySources(root, place.workshop);
    await build(place.workshop, root, logPath, onChild);
    await store(place.workshop, directory, path.join(root, "node_modules"));
    forgetOld(place.builds);
    return use(directory);
  } finally {
    release();
  }
}

type Place = { workshop: string; builds: string; lock: string };

/**
 * Builds are made and kept in the clone, where all who start it share them. An account that may not write there makes its own in its data
 * directory; the workshop lies beside the builds, because links to packages lead from there.
 */
function buildPlace(root: string, dataDir: string): Place {
  const shared = {
    workshop: root,
    builds: path.join(root, ".builds"),
    lock: path.join(root, "node_modules/.cockpit-build-lock"),
  };
  const written = [root, shared.builds, path.dirname(shared.lock), path.join(root, ".next")];
  if (written.every(isWritable)) return shared;
  const builds = path.join(dataDir, "builds");
  return { workshop: path.join(builds, "workshop"), builds, lock: path.join(dataDir, "build-lock") };
}

function isWritable(directory: string): boolean {
  try {
    fs.accessSync(directory, fs.constants.W_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** Its time says when it was last used, where it is ours to say. */
function use(directory: string): string {
  const now = systemClock();
  try {
    fs.utimesSync(directory, now, now);
  } catch (error) {
    if (!["EPERM", "EACCES", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  return directory;
}

function copySources(root: string, workshop: string): void {
  fs.mkdirSync(workshop, { recursive: true });
  // What Next remembers of the last build makes the next one shorter.
  for (const name of fs.readdirSync(workshop).filter((name) => name !== ".next"))
    fs.rmSync(path.join(workshop, name), { recursive: true });
  const copied = [...sources, "package.json"].filter((name) => fs.existsSync(path.join(root, name)));
  for (const name of copied)
    fs.cpSync(path.join(root, name), path.join(workshop, name), {
      recursive: true,
      filter: (from) => !notBuilt.test(from),
    });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(workshop, "node_modules"));
}

/** Complete or not there: it is renamed into place. */
async function store(workshop: string, directory: string, packages: string): Promise<void> {
  const draft = `${directory}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  fs.cpSync(path.join(workshop, ".next"), path.join(draft, ".next"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !notServed.test(from),
  });
  await packScripts(path.join(draft, ".next/static"));
  const beside = ["next.config.mjs", "package.json", "public"].filter((name) =>
    fs.existsSync(path.join(workshop, name)),
  );
  for (const name of beside) fs.cpSync(path.join(workshop, name), path.join(draft, name), { recursive: true });
  // The build links to packages by way of the directory it lies in.
  fs.symlinkSync(path.relative(directory, packages), path.join(draft, "node_modules"));
  fs.renameSync(draft, directory);
}

function forgetOld(folder: string): void {
  const all = fs
    .readdirSync(folder)
    .filter((name) => name !== "workshop")
    .map((name) => path.join(folder, name));
  const byUse = all.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  for (const old of byUse.slice(kept)) fs.rmSync(old, { recursive: true, force: true });
}

/** Starts with different data directories share one build. */
async function lockBuild(file: string, say: (line: string) => void): Promise<() => void> {
  for (let waited = false; ; waited = true) {
    // Another account may build in the same clone.
    const lock = takeLock(file, "", 0o644);
    if (lock.ok) return () => lock.release();
    if (!waited) say(`Waiting for the build that process ${lock.holder.pid} makes …`);
    await sleep(300);
  }
}

async function build(
  directory: string,
  root: string,
  logPath: string,
  onChild?: (child: ChildProcess) => void,
): Promise<void> {
  fs.rmSync(logPath, { force: true });
  const log = openLog(logPath);
  const child = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: directory,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      COCKPIT_BUILD_ROOT: commonFolder(directory, root),
    },
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  onChild?.(child);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return;
  const said = fs
    .readFileSync(logPath, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim());
  const why = said.find((line) => /error|failed/i.test(line)) ?? said.at(-1) ?? "no output";
  throw new StartError(`The build failed: ${why}`, `See ${logPath}.`);
}

/** The lowest folder in which both lie: a build reads nothing outside. */
function commonFolder(a: string, b: string): string {
  let folder = a;
  while (path.relative(folder, b).startsWith("..")) folder = path.dirname(folder);
  return folder;
}
