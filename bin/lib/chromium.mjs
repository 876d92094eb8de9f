/** The browser of the browser tests: a real Chromium of the system's, or Playwright's own where that is installed. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { say } from "./repository.mjs";

/** The same engine without windows, of which every test would open several: a quarter of the work. Debian's chromium-headless-shell. */
const shell = "/usr/lib/chromium/chromium-headless-shell";
const withWindows = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Where the browser is; undefined when there is none. `windows`: only one that has windows, in which a tab can be behind another.
 * @param {{ windows?: boolean }} [wanted]
 * @returns {Promise<string | undefined>}
 */
export async function findChromium({ windows = false } = {}) {
  const named = process.env.CHROMIUM_PATH;
  if (named) return fs.existsSync(named) ? named : undefined;
  const { chromium } = await import("@playwright/test");
  return [...(windows ? [] : [shell]), ...withWindows, chromium.executablePath()].find(
    (place) => place && fs.existsSync(place),
  );
}

/** Finds it, or as root on a Debian installs it. */
export async function findOrInstallChromium() {
  const found = await findChromium();
  if (found || process.env.CHROMIUM_PATH || process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get"))
    return found;
  say("Installing Chromium (apt-get install chromium-headless-shell, or chromium) …");
  const options = { encoding: "utf8", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const get = (...args) => {
    const { status, stderr } = spawnSync("apt-get", args, options);
    if (status !== 0) say(`apt-get ${args.join(" ")} failed: ${stderr?.trim().split("\n").at(-1) ?? ""}`);
    return status === 0;
  };
  get("update");
  const install = (name) => get("install", "-y", "--no-install-recommends", name);
  if (!install("chromium-headless-shell")) install("chromium");
  return findChromium();
}
