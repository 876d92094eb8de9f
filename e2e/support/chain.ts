import { spawnSync } from "node:child_process";
import { sharedDatabaseUrl } from "./database";
import { commandFile } from "./shared";

type Said = { code: number | null; out: string; err: string };

/** Runs `npm run -s cockpit -- …` on a cockpit's own data directory. */
export const runCockpit = (dataDir: string, ...args: string[]): Said => run("bin/cockpit.mjs", dataDir, args);

function run(script: string, dataDir: string, args: string[]): Said {
  const env = {
    ...process.env,
    COCKPIT_DATA_DIR: dataDir,
    DATABASE_URL: sharedDatabaseUrl(dataDir),
    COCKPIT_SECRET: "",
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

/** What `verify chain --json` says of a cockpit's own audit chain. */
export function verifyChain(dataDir: string): { code: number | null; says: Record<string, unknown> } {
  const { code, out, err } = run(commandFile(), dataDir, ["verify", "chain", "--json"]);
  if (!out) throw new Error(`verify chain said nothing: ${err}`);
  return { code, says: JSON.parse(out) as Record<string, unknown> };
}
