import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Nothing there keeps anything between two calls, so files can share a process: that is a third of the work. */
const pure = [
  "{lib/model,lib/areas/*/domain,lib/kernel/words,lib/kernel/notice,lib/kernel/chain,lib/thegent/python,components}/**/*.test.{ts,tsx}",
  "lib/areas/*/*.test.ts",
];
const wired = ["**/*.int.test.ts", "**/node_modules/**"];

/** What sets the environment, which a process reads once. */
const alone = [
  "lib/server/jobs/notice-sender.int.test.ts",
  "lib/areas/inbox/acts/deliver.int.test.ts",
  "lib/kernel/db/full-disk.int.test.ts",
];
/** Many wait for PostgreSQL, for a lease or for a child: three at a time. */
const withDatabase = {
  environment: "node",
  globalSetup: ["./lib/testing/global-setup.ts"],
  sequence: { groupOrder: 1 },
  maxWorkers: 3,
} as const;

/** `pure` and `unit` need nothing but Node; `integration` and `alone` get a PostgreSQL that their files share (lib/testing/global-setup.ts). */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}lib/testing/server-only.ts` } },
  test: {
    // One a processor would leave one of two idle.
    maxWorkers: 2,
    // Against what never ends; how fast something is, no test says.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "pure", include: pure, exclude: wired, environment: "node", isolate: false } },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,app,bin}/**/*.test.{ts,tsx}"],
          exclude: [...pure, ...wired],
          environment: "node",
        },
      },
      // A database each is enough: their files share a process, which has loaded what all of them need.
      {
        extends: true,
        test: {
          ...withDatabase,
          name: "integration",
          include: ["lib/**/*.int.test.ts"],
          exclude: [...alone, "**/node_modules/**"],
          isolate: false,
        },
      },
      { extends: true, test: { ...withDatabase, name: "alone", include: alone } },
    ],
  },
});
