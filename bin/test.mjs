/**
 * `npm test`: everything that must hold, a step after the other – types and lint side by side – and one line at the end.
 * `npm test -- unit lint` runs only the steps named. `npm run test:soak` runs the tests that leave something to chance, and only those, with
 * many rounds (lib/testing/rounds.ts).
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
const soaking = process.argv.includes("--soak") ? filesWithRounds() : null;
if (soaking) process.env.TEST_SOAK = "1";
const vitest = (project) => ({
  args: [bin("vitest/vitest.mjs"), "run", ...(soaking ?? []), "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report(project)}`],
  count: () => countVitest(report(project)),
});

const steps = {
  types: { args: [bin("typescript/bin/tsc"), "--noEmit", "--pretty", "false"], before: routeTypes, count: one },
  lint: { args: [bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"], before: routeTypes, count: one },
  unit: vitest("unit"),
  integration: vitest("integration"),
  build: { args: ["--conditions=react-server", "--import", "tsx", "lib/server/build-now.ts"], count: one },
  browser: {
    args: [bin("@playwright/test/cli.js"), "test", ...(soaking ?? []), "--reporter=line,json"],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("browser") },
    before: async () => ((await findOrInstallChromium()) ? undefined : "No Chromium was found: install it, or set CHROMIUM_PATH."),
    count: () => countPlaywright(report("browser")),
  },
};

const wanted = soaking ? ["integration", "build", "browser"] : process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(steps, name));
if (unknown) refuse(`There is no step "${unknown}".`, `Steps: ${Object.keys(steps).join(", ")}.`);

process.chdir(root);
await makeReady();

/** Steps of one processor each; with two, they take no longer than the longer one. */
const together = [["types", "lint"], ["unit"], ["integration"], ["build"], ["browser"]];

const running = new Set();
let typesMade;
const summary = ({ passed, failed, skipped }) => [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean).join(", ");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void interrupt());

const total = { passed: 0, failed: 0 };
for (const names of together) {
  const results = names.filter((name) => !wanted.length || wanted.includes(name)).map((name) => ({ name, result: perform(steps[name]) }));
  for (const { name, result: promised } of results) {
    const result = await promised;
    total.passed += result.passed;
    total.failed += result.failed;
    if (result.failed) process.stdout.write(`${result.output.trimEnd()}\n`);
    console.log(`${result.failed ? "✗" : "✓"} ${name.padEnd(12)} ${summary(result)} (${result.seconds.toFixed(1)} s)`);
  }
}
fs.rmSync(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);

/** The tests that say how many rounds they take. */
function filesWithRounds() {
  const tests = ["lib", "e2e"].flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true }).map((file) => path.join(folder, file)));
  return tests.filter((file) => /\.(test|spec)\.ts$/.test(file) && fs.readFileSync(path.join(root, file), "utf8").includes("@/lib/testing/rounds"));
}

/** Routes and style sheets have types, which a fresh clone does not have yet; made once, whoever asks. Answers what went wrong. */
function routeTypes() {
  typesMade ??= run([bin("next/dist/bin/next"), "typegen"]).then(({ code, output }) => (code === 0 ? undefined : output));
  return typesMade;
}

async function perform(step) {
  const startedAt = performance.now();
  const problem = await step.before?.();
  const last = problem ? { code: 1, output: problem } : await run(step.args, step.environment);
  const counted = step.count(last.code);
  // A runner that crashed, or that found no tests, has not passed, whatever it counted.
  if ((last.code !== 0 || counted.passed === 0) && counted.failed === 0) counted.failed = 1;
  return { ...counted, output: last.output, seconds: (performance.now() - startedAt) / 1000 };
}

/** Each step leads a process group of its own, so that nothing of it is left when it is interrupted. */
function run(args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, detached: true, env: { ...process.env, FORCE_COLOR: "0", ...environment }, stdio: ["ignore", "pipe", "pipe"] });
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

async function interrupt() {
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
