/** How many test cases passed and failed, from a runner's JSON report. A report that is missing counts nothing. */
import fs from "node:fs";

const nothing = () => ({ passed: 0, failed: 0, skipped: 0 });
const read = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined);

/** For what passes or fails as a whole. */
export const one = (code) => (code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });

/** A file that could not be loaded has no tests; it counts as one failure. */
export function countVitest(file) {
  const report = read(file);
  if (!report) return nothing();
  const broken = report.testResults.filter((suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"));
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests + report.numTodoTests };
}

/** A flaky test is a failed one. */
export function countPlaywright(file) {
  const report = read(file);
  if (!report) return nothing();
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: Math.max(unexpected + flaky, report.errors.length), skipped };
}
