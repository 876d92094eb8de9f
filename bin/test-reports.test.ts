import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { budgetOf, exceptions, judge } from "@/bin/lib/test-budgets.mjs";
import { one, readPlaywright, readVitest } from "@/bin/lib/test-reports.mjs";

function file(report: unknown): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-reports-"));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  const name = path.join(directory, "report.json");
  fs.writeFileSync(name, JSON.stringify(report));
  return name;
}

const nothing = { passed: 0, failed: 0, skipped: 0, failures: [], files: [] };

describe("what npm test says at its end", () => {
  it("names failed tests with their files, and counts a file that could not be loaded as a failure", () => {
    const suite = (name: string, status: string, tests: string[], message = "") => ({
      name: `/repository/lib/${name}`,
      status,
      message,
      assertionResults: tests.map((test) => ({ status: test, fullName: `a rule is ${test}` })),
    });
    const testResults = [
      suite("a.test.ts", "failed", [], "Error: Cannot find it\n at x"),
      suite("b.test.ts", "failed", ["passed", "failed"]),
      suite("c.test.ts", "passed", ["passed", "passed"]),
    ];
    expect(
      readVitest(
        file({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults }),
        "/repository",
        [{ file: "lib/a.test.ts", seconds: 1 }],
      ),
    ).toEqual({
      ...{ passed: 3, failed: 2, skipped: 2 },
      failures: ["lib/b.test.ts: a rule is failed", "lib/a.test.ts: Error: Cannot find it"],
      files: [{ file: "lib/a.test.ts", seconds: 1 }],
    });
  });

  it("counts and names flaky browser tests, within groups too, as failures", () => {
    const spec = (title: string, status: string, ...durations: number[]) => ({
      title,
      tests: [{ status, results: durations.map((duration) => ({ duration })) }],
    });
    const suites = [
      {
        title: "a.spec.ts",
        file: "a.spec.ts",
        specs: [spec("works", "expected", 500), spec("breaks", "unexpected", 700)],
        suites: [{ title: "at night", specs: [spec("works", "flaky", 100, 200)] }],
      },
    ];
    expect(
      readPlaywright(
        file({
          config: { rootDir: "/repository/e2e" },
          suites,
          stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 },
          errors: [],
        }),
        "/repository",
      ),
    ).toEqual({
      ...{ passed: 5, failed: 2, skipped: 0 },
      failures: ["e2e/a.spec.ts: breaks", "e2e/a.spec.ts: at night works"],
      files: [{ file: "e2e/a.spec.ts", seconds: 1.5 }],
    });
  });

  it("counts a setup of the browser tests that failed as a failure", () => {
    const report = {
      config: { rootDir: "/" },
      suites: [],
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{ message: "\u001b[31mError: no database\u001b[39m\n at x" }],
    };
    expect(readPlaywright(file(report))).toMatchObject({ passed: 0, failed: 1, failures: ["Error: no database"] });
  });

  it("says nothing of a runner that left no report", () => {
    expect([readVitest("/nowhere"), readPlaywright("/nowhere")]).toEqual([nothing, nothing]);
  });

  it("counts types, lint and build as one each, and names the places that the compiler names", () => {
    expect(one(0)).toEqual({ ...nothing, passed: 1 });
    expect(one(2, "lib/a.ts(3,1): error TS1: wrong\n  more of it\n")).toEqual({
      ...nothing,
      failed: 1,
      failures: ["lib/a.ts(3,1): error TS1: wrong"],
    });
  });
});

describe("the budget of a file", () => {
  const of = (name: string, seconds: number, step = "integration") => ({ step, file: name, seconds });

  it("is its step's; over it is a warning, over twice of it a failure", () => {
    const [within, over, farOver] = [of("within", 45), of("over", 90), of("far over", 90.1)];
    expect(judge([within, over, farOver])).toEqual({
      slowest: [farOver, over, within],
      over: [over],
      farOver: [farOver],
    });
    expect(judge([of("unit test", 31, "unit")]).farOver).toHaveLength(1);
    expect(judge([of("browser test", 119, "browser")])).toMatchObject({
      over: [{ file: "browser test" }],
      farOver: [],
    });
  });

  it("names the ten slowest, slowest first", () => {
    const all = Array.from({ length: 12 }, (_, seconds) => of(`file ${seconds}`, seconds));
    expect(judge(all).slowest.map(({ seconds }) => seconds)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it("is another only for files that there are, which say why", () => {
    for (const [name, { seconds, because }] of Object.entries(exceptions)) {
      expect(fs.existsSync(name), name).toBe(true);
      expect(because, name).toMatch(/^\S.{10,}\.$/);
      expect(budgetOf(of(name, 0))).toBe(seconds);
    }
  });
});
