import { spawnSync } from "node:child_process";

/** What `npm run -s cockpit -- verify chain --json` says of a cockpit's own audit chain. */
export function verifyChain(dataDir: string): { code: number | null; says: Record<string, unknown> } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/cockpit.mjs", "verify", "chain", "--json"], {
    env: { ...process.env, COCKPIT_DATA_DIR: dataDir, DATABASE_URL: "" },
    encoding: "utf8",
  });
  if (!stdout) throw new Error(`verify chain said nothing: ${stderr}`);
  return { code: status, says: JSON.parse(stdout) as Record<string, unknown> };
}
