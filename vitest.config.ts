import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** A page's script has one page, so its modules keep what concerns it; and of the environment a process reads what it was when it began. */
const alone = {
  unit: ["lib/kernel/query/**/*.test.ts"],
  integration: [
    "lib/server/jobs/notice-sender.int.test.ts",
    "lib/areas/inbox/acts/deliver.int.test.ts",
    "lib/kernel/db/full-disk.int.test.ts",
  ],
};
const packages = "**/node_modules/**";
const withDatabase = {
  globalSetup: ["./lib/testing/global-setup.ts"],
  sequence: { groupOrder: 1 },
  // Many wait for PostgreSQL, for a lease or for a child.
  maxWorkers: 3,
};

/**
 * `unit` needs nothing but Node; `integration` gets a PostgreSQL that its files share (lib/testing/global-setup.ts). Files share a process,
 * which has loaded what most of them need: that is a third of the work. Those that cannot are listed above, and have one each.
 */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}lib/testing/server-only.ts` } },
  test: {
    environment: "node",
    // One a processor would leave one of two idle.
    maxWorkers: 2,
    // Against what never ends; how fast something is, no test says.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,app,bin}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.int.test.ts", ...alone.unit, packages],
          isolate: false,
        },
      },
      { extends: true, test: { name: "unit-alone", include: alone.unit } },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: "integration",
          include: ["lib/**/*.int.test.ts"],
          exclude: [...alone.integration, packages],
          isolate: false,
        },
      },
      { extends: true, test: { ...withDatabase, name: "integration-alone", include: alone.integration } },
    ],
  },
});
