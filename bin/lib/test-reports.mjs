/**
 * What a step of `npm test` has to say, from its runner's JSON report: how many test cases passed and failed, which failed, and how long
 * each file took. A report that is missing says nothing.
 */
import fs from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures a line each: file and test
 * @property {{ file: string, seconds: number }[]} files
 */

/** @returns {Result} */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], files: [] });
export const read = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined);
const firstLine = (text) =>
  (text ?? "")
    .replace(/\u001b\[[\d;]*m/g, "")
    .trim()
    .split("\n")[0];

/** For what passes or fails as a whole; what the output says of places in files is what failed. */
export function one(code, output = "") {
  if (code === 0) return { ...nothing(), passed: 1 };
  return {
    ...nothing(),
    failed: 1,
    failures: output.split("\n").filter((line) => /^\S+\(\d+,\d+\): error /.test(line)),
  };
}

/** A file that could not be loaded has no tests; it counts as one failure. `files`: what bin/lib/vitest-files.mjs left. */
export function readVitest(file, root = process.cwd(), files = []) {
  const report = read(file);
  if (!report) return nothing();
  const suites = report.testResults.map((suite) => ({
    ...suite,
    file: path.relative(root, suite.name),
    failed: suite.assertionResults.filter(({ status }) => status === "failed"),
  }));
  const broken = suites.filter(({ status, failed }) => status === "failed" && !failed.length);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...suites.flatMap(({ file, failed }) => failed.map(({ fullName }) => `${file}: ${fullName}`)),
      ...broken.map(({ file, message }) => `${file}: ${firstLine(message)}`),
    ],
    files,
  };
}

/** A flaky test is a failed one. */
export function readPlaywright(file, root = process.cwd()) {
  const report = read(file);
  if (!report) return nothing();
  const { expected, unexpected, flaky, skipped } = report.stats;
  const name = (spec) => path.relative(root, path.join(report.config.rootDir, spec));
  const suites = report.suites.map((suite) => ({ file: name(suite.file), tests: testsOf(suite) }));
  const wrong = suites.flatMap(({ file, tests }) =>
    tests.filter(({ status }) => ["unexpected", "flaky"].includes(status)).map(({ title }) => `${file}: ${title}`),
  );
  return {
    passed: expected,
    failed: Math.max(unexpected + flaky, report.errors.length),
    skipped,
    failures: wrong.length ? wrong : report.errors.map(({ message }) => firstLine(message)),
    files: suites.map(({ file, tests }) => ({ file, seconds: tests.reduce((sum, { ms }) => sum + ms, 0) / 1000 })),
  };
}

function testsOf({ specs = [], suites = [] }, above = []) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      title: [...above, title].join(" "),
      status,
      ms: results.reduce((sum, { duration }) => sum + duration, 0),
    })),
  );
  return [...own, ...suites.flatMap((suite) => testsOf(suite, [...above, suite.title]))];
}
