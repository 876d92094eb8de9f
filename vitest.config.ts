import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Nothing there keeps anything between two calls, so files can share a process: that is a third of the work. */
const pure = [
  "{lib/model,lib/areas/*/domain,lib/kernel/words,lib/kernel/notice,lib/kernel/chain,lib/thegent/python,components}/**/*.test.{ts,tsx}",
  "lib/areas/*/*.test.ts",
];
const wired = ["**/*.int.test.ts", "**/node_modules/**"];

/** `pure` and `unit` need nothing but Node; `integration` gets a PostgreSQL that its files share (lib/testing/global-setup.ts). */
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
      {
        extends: true,
        test: {
          name: "integration",
          include: ["lib/**/*.int.test.ts"],
          environment: "node",
          globalSetup: ["./lib/testing/global-setup.ts"],
          sequence: { groupOrder: 1 },
          // Many wait for PostgreSQL, for a lease or for a child.
          maxWorkers: 3,
        },
      },
    ],
  },
});
