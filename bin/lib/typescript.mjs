import { spawn } from "node:child_process";
import { root } from "./repository.mjs";

/**
 * Runs a TypeScript file of ours in a process of its own and ends as it ends. Our own modules are marked `server-only`; that
 * mark resolves to nothing under the condition `react-server`, and to an error without it.
 *
 * The child is told to stop over its channel, not by signal: a Ctrl-C at the terminal reaches it directly already. When this
 * process is killed, the channel breaks, which tells it too.
 */
export function runTypeScript(file, args, { channel = false, endWithParent = false } = {}) {
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", file, ...args], {
    cwd: root,
    env: { INIT_CWD: process.cwd(), ...process.env },
    stdio: channel ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
  });
  const stop = (signal) => {
    if (!channel) child.kill(signal);
    else if (child.connected) child.send("stop");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  if (endWithParent) whenParentIsGone(() => stop("SIGTERM"));
  child.once("exit", (code, signal) => {
    if (signal === "SIGKILL") process.stderr.write(`${file} was killed.\n`);
    process.exit(code ?? 1);
  });
}

/** npm, killed with -9, tells nobody; then what it started must not go on alone. */
function whenParentIsGone(tell) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    tell();
  }, 200);
  watch.unref();
}
