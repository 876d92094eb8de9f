import { spawnSync } from "node:child_process";
import type { Account } from "./cockpit";

const password = "a colleague of the tests 1";

/** One more person, added on the server's command line. */
export function addPerson(dataDir: string, { name, email, roles }: { name: string; email: string; roles: readonly string[] }): Account {
  const args = ["bin/cockpit.mjs", "user", "add", email, "--name", name, ...roles.flatMap((role) => ["--role", role])];
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, COCKPIT_DATA_DIR: dataDir, DATABASE_URL: "", COCKPIT_PASSWORD: password }, encoding: "utf8" });
  if (status !== 0) throw new Error(`${email} could not be added: ${stderr}`);
  return { role: roles.join(", "), email, password };
}
