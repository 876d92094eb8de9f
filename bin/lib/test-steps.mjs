/** The steps of `npm test`: what each runs, what must be there before it, and how its outcome is read. */
import fs from "node:fs";
import path from "node:path";
import { findOrInstallChromium } from "./chromium.mjs";
import { run } from "./children.mjs";
import { root } from "./repository.mjs";
import { one, read, readPlaywright, readVitest } from "./test-reports.mjs";

const bin = (name) => path.join(root, "node_modules", name);

/**
 * Two lanes beside each other, of about the same work, in a lane one step after the other: where a test waits for a clock, a lease or a
 * process, the other lane has the processor.
 */
export const lanes = [
  ["unused", "build", "browser"],
  ["types", "format", "lint", "unit", "integration"],
];

/**
 * @param {{ reports: string, only?: string[], since?: string, changed?: string[] }} wanted `reports`: a directory for the runners';
 * `only`: no other files; `since`: what the change since that commit concerns, `changed`: the files of that change
 */
export function stepsFor({ reports, only = [], since, changed }) {
  const report = (name) => path.join(reports, `${name}.json`);
  const vitest = (name) => ({
    args: [
      ...[bin("vitest/vitest.mjs"), "run", ...only, "--project", name, "--project", `${name}-alone`],
      ...[
        "--reporter=default",
        "--reporter=json",
        "--reporter=./bin/lib/vitest-files.mjs",
        `--outputFile.json=${report(name)}`,
      ],
      ...(since ? ["--changed", since, "--passWithNoTests"] : []),
    ],
    environment: { TEST_FILES: report(`${name}-files`) },
    read: () => readVitest(report(name), root, read(report(`${name}-files`))),
  });
  const linted = changed?.filter((file) => /\.(tsx?|mjs)$/.test(file)) ?? ["."];
  const formatted = changed ? linted : ["."];
  return {
    types: { args: [bin("typescript/bin/tsc"), "--noEmit", "--pretty", "false"], before: routeTypes, read: one },
    lint: {
      args: linted.length ? [bin("eslint/bin/eslint.js"), "--max-warnings", "0", "--no-warn-ignored", ...linted] : null,
      before: routeTypes,
      read: one,
    },
    format: {
      args: formatted.length
        ? [bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", ...formatted]
        : null,
      read: one,
    },
    unused: { args: [bin("knip/bin/knip.js"), "--no-progress", "--no-config-hints"], read: one },
    unit: vitest("unit"),
    integration: vitest("integration"),
    build: { args: ["--conditions=react-server", "--import", "tsx", "lib/testing/build-within-limits.ts"], read: one },
    browser: {
      args: [
        bin("@playwright/test/cli.js"),
        "test",
        ...only,
        "--reporter=line,json",
        ...(since ? [`--only-changed=${since}`, "--pass-with-no-tests"] : []),
      ],
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("browser") },
      before: async () =>
        (await findOrInstallChromium()) ? undefined : "No Chromium was found: install it, or set CHROMIUM_PATH.",
      read: () => readPlaywright(report("browser"), root),
    },
  };
}

/** The tests that say how many rounds they take. */
export function filesWithRounds() {
  const tests = ["lib", "e2e"].flatMap((folder) =>
    fs.readdirSync(path.join(root, folder), { recursive: true }).map((file) => path.join(folder, file)),
  );
  return tests.filter(
    (file) =>
      /\.(test|spec)\.ts$/.test(file) &&
      fs.readFileSync(path.join(root, file), "utf8").includes("@/lib/testing/rounds"),
  );
}

let typesMade;

/** Routes and style sheets have types, which a fresh clone does not have yet; made once, whoever asks. Answers what went wrong. */
function routeTypes() {
  typesMade ??= run([bin("next/dist/bin/next"), "typegen"]).then(({ code, output }) =>
    code === 0 ? undefined : output,
  );
  return typesMade;
}
