/** The browser of the browser tests: a real Chromium of the system's, or Playwright's own where that is installed. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { say } from "./repository.mjs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Where the browser is; undefined when there is none.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return fs.existsSync(named) ? named : undefined;
  const { chromium } = await import("@playwright/test");
  return [...places, chromium.executablePath()].find((place) => place && fs.existsSync(place));
}

/** Finds it, or as root on a Debian installs it. */
export async function findOrInstallChromium() {
  const found = await findChromium();
  if (found || process.env.CHROMIUM_PATH || process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return found;
  say("Installing Chromium (apt-get install chromium) …");
  const options = { encoding: "utf8", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { status, stderr } = spawnSync("apt-get", args, options);
    if (status !== 0) say(`apt-get ${args[0]} failed: ${stderr?.trim().split("\n").at(-1) ?? ""}`);
  }
  return findChromium();
}
