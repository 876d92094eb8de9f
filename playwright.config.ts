import { defineConfig } from "@playwright/test";
import { findChromium } from "./bin/lib/chromium.mjs";
import { anotherMachine } from "./e2e/support/names";

const executablePath = await findChromium();
if (!executablePath) throw new Error("No Chromium was found: install it, or set CHROMIUM_PATH.");

/** Real pages of the production build, in a real Chromium of the system's; each worker beside a cockpit of its own: e2e/support/test.ts. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/support/shared.ts",
  outputDir: "test-results",
  // A page, its server and its database keep a processor busy; a third beside them only makes all three late.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "line",
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // What was done, asked and said; pictures of every step would be a third of what the tests cost.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        ...[
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          `--host-resolver-rules=MAP ${anotherMachine} 127.0.0.1`,
        ],
      ],
    },
  },
});
