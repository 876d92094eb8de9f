/**
 * A process of ours that must run: started, watched, started again when it dies, told to stop over its channel. When this
 * process is killed the channel breaks, and the child ends by itself (see lib/server/until-told.mjs).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { openLog } from "./log-files";

export type Child = {
  readonly pid: number | undefined;
  /** How often it ended in a row without having lived `settledMs`. */
  readonly quickEnds: number;
  /** Ends it and starts it anew, with the given environment from now on. */
  restart(environment: NodeJS.ProcessEnv): Promise<void>;
  stop(): Promise<void>;
};

type Definition = {
  name: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  logPath: string;
  say(line: string): void;
};

const settledMs = 30_000;
const longestPauseMs = 15_000;
/** How long a child may take to finish what it does. */
const patienceMs = 8_000;

export function keepRunning({ name, args, environment, logPath, say }: Definition): Child {
  let current: ChildProcess | undefined;
  let quickEnds = 0;
  let stopped = false;
  let wake = new AbortController();

  const launch = () => {
    const log = openLog(logPath);
    const child = spawn(process.execPath, args, {
      env: { ...environment, COCKPIT_PROCESS: name },
      stdio: ["ignore", log, log, "ipc"],
    });
    fs.closeSync(log);
    current = child;
    const bornAt = performance.now();
    child.once("exit", (code, signal) => void again(child, signal ?? `code ${code}`, performance.now() - bornAt));
    child.on("error", () => {}); // told by exit, or by the channel that breaks
  };
  const again = async (child: ChildProcess, how: string, livedMs: number) => {
    if (stopped || child !== current) return;
    quickEnds = livedMs < settledMs ? quickEnds + 1 : 1;
    const pauseMs = Math.min(250 * 2 ** (quickEnds - 1), longestPauseMs);
    say(`The ${name} process ended (${how}); starting it again. See ${logPath}.`);
    await sleep(pauseMs, undefined, { signal: wake.signal }).catch(() => {});
    if (!stopped && child === current) launch();
  };
  const end = async () => {
    const child = current;
    current = undefined;
    wake.abort();
    wake = new AbortController();
    if (child) await stopChild(child);
  };

  launch();
  return {
    get pid() {
      return current?.pid;
    },
    get quickEnds() {
      return quickEnds;
    },
    async restart(next) {
      environment = next;
      await end();
      if (!stopped) launch();
    },
    async stop() {
      stopped = true;
      await end();
    },
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  if (child.connected) child.send("stop", () => {});
  else child.kill("SIGTERM");
  const late = sleep(patienceMs, "late", { ref: false });
  if ((await Promise.race([gone, late])) === "late") child.kill("SIGKILL");
  await gone;
}
