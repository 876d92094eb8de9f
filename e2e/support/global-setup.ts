/** One cockpit for all browser tests, and one session a role. */
import path from "node:path";
import { findChromium } from "@/bin/lib/chromium.mjs";
import { startCockpit } from "./cockpit";
import { signIn } from "./sign-in";

export type Shared = { url: string; dataDir: string; sessionDir: string; build: string; states: Record<string, string> };

export default async function setup(): Promise<() => Promise<void>> {
  if (!(await findChromium())) throw new Error("No Chromium was found: install it, or set CHROMIUM_PATH.");
  const cockpit = await startCockpit();
  try {
    const states: Record<string, string> = {};
    for (const account of cockpit.accounts) {
      const context = await signIn(cockpit.url, account);
      states[account.role] = path.join(cockpit.home, `${account.email}.json`);
      await context.storageState({ path: states[account.role]! });
      await context.dispose();
    }
    const shared: Shared = { url: cockpit.url, dataDir: cockpit.dataDir, sessionDir: cockpit.sessionDir, build: cockpit.build, states };
    // The workers are started after this, and inherit it.
    process.env.COCKPIT_E2E = JSON.stringify(shared);
  } catch (error) {
    await cockpit.remove();
    throw error;
  }
  return () => cockpit.remove();
}
