import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Nothing there keeps anything between two calls, so files can share a process: that is a third of the work. */
const pure = ["lib/{domain,contracts,format}/**/*.test.{ts,tsx}", "components/**/*.test.{ts,tsx}"];

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
      { extends: true, test: { name: "pure", include: pure, environment: "node", isolate: false } },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,app,bin}/**/*.test.{ts,tsx}"],
          exclude: [...pure, "**/*.int.test.ts", "**/node_modules/**"],
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
