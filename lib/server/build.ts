/** The production build: made when the sources are not those it was made from. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { digestOf } from "@/bin/lib/repository.mjs";
import { StartError } from "@/lib/errors";
import { openLog } from "@/lib/server/embedded-postgres";
import { takeLock } from "@/lib/server/lock";

const sources = ["app", "components", "lib", "prisma/schema", "public", "proxy.ts", "next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json"];
const notBuilt = /\.test\.tsx?$|\/lib\/(testing|cli)\//;

type Building = { root: string; logPath: string; say(line: string): void; onChild?(child: ChildProcess): void };

/** True when a build had to be made. Refuses with a StartError when it fails. */
export async function buildIfNeeded({ root, logPath, say, onChild }: Building): Promise<boolean> {
  const stamp = path.join(root, ".next/cockpit-sources");
  const digest = () => digestOf(sources.map((name) => path.join(root, name)), (file) => !notBuilt.test(file));
  const current = () => fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === digest();
  if (current()) return false;
  const release = await lockBuild(root, say);
  try {
    if (current()) return false;
    const wanted = digest();
    say("Building the pages …");
    fs.rmSync(stamp, { force: true });
    await build(root, logPath, onChild);
    fs.writeFileSync(stamp, wanted);
    return true;
  } finally {
    release();
  }
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
