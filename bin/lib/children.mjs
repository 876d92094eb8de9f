/** Programs that a script runs to their end, and ends when it is interrupted. */
import { spawn } from "node:child_process";
import { root, say } from "./repository.mjs";

const running = new Set();

/**
 * Each leads a process group of its own, so that nothing of it is left when it is interrupted.
 * @param {string[]} args of Node
 * @param {Record<string, string>} [environment]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      detached: true,
      env: { ...process.env, FORCE_COLOR: "0", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Ctrl-C ends everything that runs, and then this process. */
export function endAllWhenInterrupted() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
}

function interrupt() {
  const children = [...running].filter(({ pid }) => pid);
  if (!children.length) process.exit(130);
  say("Stopping …");
  const signalGroups = (signal) => {
    for (const { pid } of children) {
      try {
        process.kill(-pid, signal);
      } catch {
        // The group has ended.
      }
    }
  };
  Promise.all(children.map((child) => new Promise((ended) => child.once("exit", ended)))).then(() => {
    signalGroups("SIGKILL");
    process.exit(130);
  });
  signalGroups("SIGINT");
  setTimeout(() => signalGroups("SIGTERM"), 5_000).unref();
  setTimeout(() => signalGroups("SIGKILL"), 15_000);
}
