/**
 * `npm test`: everything that must hold, step by step; at the end the slowest files, what failed, and one line that counts.
 * `npm test -- unit lint` runs only the steps named; `npm test -- --changed` (or `--changed=COMMIT`) what the change since the last commit
 * (or that one) concerns, as far as imports tell. `npm run test:soak` runs the tests that leave something to chance, and only those, with
 * many rounds (lib/testing/rounds.ts).
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { changedSince } from "./lib/changed-files.mjs";
import { endAllWhenInterrupted, run } from "./lib/children.mjs";
import { makeReady, refuse, root } from "./lib/repository.mjs";
import { budgetOf, judge } from "./lib/test-budgets.mjs";
import { filesWithRounds, lanes, stepsFor } from "./lib/test-steps.mjs";

const [flags, names] = [
  process.argv.slice(2).filter((arg) => arg.startsWith("--")),
  process.argv.slice(2).filter((arg) => !arg.startsWith("--")),
];
const soaking = flags.includes("--soak");
const since = /^--changed(?:=(.+))?$/.exec(flags.find((flag) => flag.startsWith("--changed")) ?? "");
if (soaking) process.env.TEST_SOAK = "1";

process.chdir(root);
const reports = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-test-report-"));
const steps = stepsFor({
  reports,
  ...(soaking && { only: filesWithRounds() }),
  ...(since && { since: since[1] ?? "HEAD", changed: changedSince(since[1] ?? "HEAD") }),
});
const wanted = names.length ? names : soaking ? ["unit", "integration", "build", "browser"] : Object.keys(steps);
const unknown = [
  ...wanted.filter((name) => !Object.hasOwn(steps, name)),
  ...flags.filter((flag) => !/^--(soak|changed(=.+)?)$/.test(flag)),
];
if (unknown.length)
  refuse(`There is no step "${unknown[0]}".`, `Steps: ${Object.keys(steps).join(", ")}; --changed, --changed=COMMIT.`);

endAllWhenInterrupted();
await makeReady();

const results = [];
// What is left to chance is tried step by step: its many rounds have the time that they would have alone.
await Promise.all(
  (soaking ? [lanes.flat()] : lanes).map(async (lane) => {
    for (const name of lane.filter((each) => wanted.includes(each))) results.push(tell(await perform(name)));
  }),
);
fs.rmSync(reports, { recursive: true, force: true });
process.exit(conclude() ? 0 : 1);

async function perform(name) {
  const step = steps[name];
  const startedAt = performance.now();
  if (!step.args) return { name, passed: 0, failed: 0, skipped: 0, failures: [], files: [], output: "", seconds: 0 };
  const problem = await step.before?.();
  const last = problem ? { code: 1, output: problem } : await run(step.args, step.environment);
  const result = step.read(last.code, last.output);
  // A runner that crashed has not passed, whatever it counted; nor has one that found no tests, unless there may be none.
  if ((last.code !== 0 || (result.passed === 0 && !since)) && result.failed === 0) result.failed = 1;
  return { ...result, name, output: last.output, seconds: (performance.now() - startedAt) / 1000 };
}

/** What went wrong is told at once, and named again at the end. */
function tell(result) {
  const { name, passed, failed, skipped, output, seconds } = result;
  if (failed) process.stdout.write(`${output.trimEnd()}\n`);
  const counts =
    [passed && `${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`]
      .filter(Boolean)
      .join(", ") || "nothing changed";
  console.log(`${failed ? "✗" : "✓"} ${name.padEnd(12)} ${counts} (${seconds.toFixed(1)} s)`);
  return result;
}

/** The last lines, which whoever sees no others needs: what failed stands right above the totals. True when all is well. */
function conclude() {
  const files = results.flatMap(({ name, files }) => files.map((file) => ({ step: name, ...file })));
  const { slowest, over, farOver } = soaking ? { slowest: [], over: [], farOver: [] } : judge(files);
  const timed = ({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`;
  const against = (one) =>
    `${one.file} took ${one.seconds.toFixed(1)} s; its budget is ${budgetOf(one)} s (bin/lib/test-budgets.mjs)`;
  if (slowest.length)
    console.log(
      ["", "Slowest files:", ...slowest.map(timed), ...over.map((one) => `Warning: ${against(one)}`), ""].join("\n"),
    );

  const failures = [
    ...results
      .filter(({ failed }) => failed)
      .flatMap(({ name, failed, failures }) =>
        failures.length ? failures.map((line) => `${name}: ${line}`) : [`${name}: ${failed} failed; see above`],
      ),
    ...farOver.map((one) => `${one.step}: ${against(one)}`),
  ];
  if (failures.length) console.log(["Failed:", ...failures.map((line) => `✗ ${line}`)].join("\n"));
  const [passed, failed] = ["passed", "failed"].map((what) => results.reduce((sum, result) => sum + result[what], 0));
  console.log(`${passed} passed, ${failed + farOver.length} failed`);
  return failures.length === 0;
}
