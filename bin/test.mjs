/**
 * `npm test`: everything that must hold, a step after the other, and one line at the end. `npm test -- unit lint` runs only
 * the steps named.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findOrInstallChromium } from "./lib/chromium.mjs";
import { makeReady, refuse, root, say } from "./lib/repository.mjs";
import { countPlaywright, countVitest, one } from "./lib/test-counts.mjs";

const bin = (name) => path.join(root, "node_modules", name);
const reports = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-test-report-"));
const report = (name) => path.join(reports, `${name}.json`);
const vitest = (project) => ({
  args: [bin("vitest/vitest.mjs"), "run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report(project)}`],
  count: () => countVitest(report(project)),
});

const steps = {
  // `next typegen` first: routes and style sheets have types, which a fresh clone does not have yet.
  types: { args: [bin("next/dist/bin/next"), "typegen"], then: [bin("typescript/bin/tsc"), "--noEmit", "--pretty", "false"], count: one },
  lint: { args: [bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"], count: one },
  unit: vitest("unit"),
  integration: vitest("integration"),
  build: { args: ["--conditions=react-server", "--import", "tsx", "lib/server/build-now.ts"], count: one },
  browser: {
    args: [bin("@playwright/test/cli.js"), "test", "--reporter=line,json"],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("browser") },
    before: async () => ((await findOrInstallChromium()) ? undefined : "No Chromium was found: install it, or set CHROMIUM_PATH."),
    count: () => countPlaywright(report("browser")),
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(steps, name));
if (unknown) refuse(`There is no step "${unknown}".`, `Steps: ${Object.keys(steps).join(", ")}.`);

process.chdir(root);
await makeReady();

let running;
const summary = ({ passed, failed, skipped }) => [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean).join(", ");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void interrupt());

const total = { passed: 0, failed: 0 };
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const result = await perform(step);
  total.passed += result.passed;
  total.failed += result.failed;
  if (result.failed) process.stdout.write(`${result.output.trimEnd()}\n`);
  console.log(`${result.failed ? "✗" : "✓"} ${name.padEnd(12)} ${summary(result)} (${result.seconds.toFixed(1)} s)`);
}
fs.rmSync(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);

async function perform(step) {
  const startedAt = performance.now();
  const problem = await step.before?.();
  const first = problem ? { code: 1, output: problem } : await run(step.args, step.environment);
  const last = first.code === 0 && step.then ? await run(step.then, step.environment) : first;
  const counted = step.count(last.code);
  // A runner that crashed, or that found no tests, has not passed, whatever it counted.
  if ((last.code !== 0 || counted.passed === 0) && counted.failed === 0) counted.failed = 1;
  return { ...counted, output: last.output, seconds: (performance.now() - startedAt) / 1000 };
}

/** Each step leads a process group of its own, so that nothing of it is left when it is interrupted. */
function run(args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, detached: true, env: { ...process.env, FORCE_COLOR: "0", ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    running = child;
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function interrupt() {
  const child = running;
  if (!child?.pid) process.exit(130);
  say("Stopping …");
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group has ended.
    }
  };
  child.once("exit", () => {
    signalGroup("SIGKILL");
    process.exit(130);
  });
  signalGroup("SIGINT");
  setTimeout(() => signalGroup("SIGTERM"), 5_000).unref();
  setTimeout(() => signalGroup("SIGKILL"), 15_000);
}
