import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { countPlaywright, countVitest, one } from "@/bin/lib/test-counts.mjs";

function file(report: unknown): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-counts-"));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  const name = path.join(directory, "report.json");
  fs.writeFileSync(name, JSON.stringify(report));
  return name;
}

describe("the last line of npm test", () => {
  it("counts a test file that could not be loaded as a failure", () => {
    const testResults = [{ status: "failed", assertionResults: [] }, { status: "failed", assertionResults: [{ status: "failed" }] }, { status: "passed", assertionResults: [] }];
    expect(countVitest(file({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults }))).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it("counts a flaky browser test, and a setup that failed, as failures", () => {
    expect(countPlaywright(file({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] }))).toEqual({ passed: 5, failed: 2, skipped: 0 });
    expect(countPlaywright(file({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }))).toMatchObject({ passed: 0, failed: 1 });
  });

  it("counts nothing where a runner left no report", () => {
    expect(countVitest("/nowhere")).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(countPlaywright("/nowhere")).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it("counts types, lint and build as one each", () => {
    expect([one(0), one(2)]).toEqual([{ passed: 1, failed: 0, skipped: 0 }, { passed: 0, failed: 1, skipped: 0 }]);
  });
});
