/** Processes that do the jobs of a source, ready to begin at a word, for tests that kill or freeze them. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { inOneFile } from "./one-file";

export type KillableWorker = {
  kill(): Promise<void>;
  /** As a machine that stands still: its connections live on, and nothing of it runs. */
  freeze(): void;
  thaw(): void;
};

type Workers = {
  sourceId: string;
  directory: string;
  databaseUrl: string;
  ahead: number;
  /** What each of them does: a module beside this one. */ worker?: "jobs-worker" | "whole-worker";
};

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Keeps `ahead` of them loaded. `start` answers one that has begun. */
export async function killableWorkers({ sourceId, directory, databaseUrl, ahead, worker = "jobs-worker" }: Workers) {
  const script = await inOneFile(`lib/testing/${worker}.ts`);
  const all = new Set<Child>();
  const waiting: { child: Child; ready: Promise<unknown> }[] = [];

  function load(): void {
    const env = { ...process.env, DATABASE_URL: databaseUrl, COCKPIT_LOG_LEVEL: "fatal", COCKPIT_DATABASE_POOL: "4" };
    const child = spawn(process.execPath, [script.file, sourceId, directory], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    all.add(child);
    waiting.push({ child, ready: once(child.stdout, "data") });
  }
  async function kill(child: Child): Promise<void> {
    all.delete(child);
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`A worker ended by itself (${child.exitCode ?? child.signalCode}).`);
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  for (let n = 0; n < ahead; n++) load();
  return {
    async start(): Promise<KillableWorker> {
      load();
      const { child, ready } = waiting.shift()!;
      await ready;
      child.stdin.write("go\n");
      return {
        kill: () => kill(child),
        freeze: () => void child.kill("SIGSTOP"),
        thaw: () => void child.kill("SIGCONT"),
      };
    },
    async close(): Promise<void> {
      await Promise.all([...all].map(kill));
      script.remove();
    },
  };
}
