import { spawnSync } from "node:child_process";
import type { Account } from "./cockpit";
import { sharedDatabaseUrl } from "./database";
import { commandFile } from "./shared";

const password = "a colleague of the tests 1";

/** `npm run cockpit -- user …` on the server of a running cockpit. Fails when the command does. */
export function user(dataDir: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandFile(), "user", ...args], {
    env: {
      ...process.env,
      COCKPIT_DATA_DIR: dataDir,
      DATABASE_URL: sharedDatabaseUrl(dataDir),
      COCKPIT_PASSWORD: password,
    },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`user ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** One more person, added on the server's command line. */
export function addPerson(
  dataDir: string,
  { name, email, roles }: { name: string; email: string; roles: readonly string[] },
): Account {
  user(dataDir, "add", email, "--name", name, ...roles.flatMap((role) => ["--role", role]));
  return { role: roles.join(", "), email, password };
}
