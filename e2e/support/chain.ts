import { spawnSync } from "node:child_process";
import { sharedDatabaseUrl } from "./database";

/** Runs `npm run -s cockpit -- …` on a cockpit's own data directory. */
export function runCockpit(dataDir: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const env = {
    ...process.env,
    COCKPIT_DATA_DIR: dataDir,
    DATABASE_URL: sharedDatabaseUrl(dataDir),
    COCKPIT_SECRET: "",
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/cockpit.mjs", ...args], {
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

/** What `verify chain --json` says of a cockpit's own audit chain. */
export function verifyChain(dataDir: string): { code: number | null; says: Record<string, unknown> } {
  const { code, out, err } = runCockpit(dataDir, "verify", "chain", "--json");
  if (!out) throw new Error(`verify chain said nothing: ${err}`);
  return { code, says: JSON.parse(out) as Record<string, unknown> };
}
