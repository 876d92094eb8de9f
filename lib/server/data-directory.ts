/** What the cockpit keeps on disk beside the database: its lock, its secret, its logs. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { StartError } from "@/lib/errors";

/** Makes the directory if it is missing. Refuses with a StartError where this account may not write. */
export function makeDataDirectory(directory: string): void {
  try {
    fs.mkdirSync(path.join(directory, "logs"), { recursive: true });
    fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new StartError(
      `The cockpit cannot write in ${directory} (${(error as NodeJS.ErrnoException).code}).`,
      "Give that directory to the account that starts the cockpit, or set COCKPIT_DATA_DIR to another one.",
    );
  }
}

export const lockFile = (dataDir: string): string => path.join(dataDir, "lock");
export const logFile = (dataDir: string, name: string): string => path.join(dataDir, "logs", `${name}.log`);

/** The secret that signs sessions: made once, readable for this account only. */
export function readOrMakeSecret(dataDir: string): string {
  const file = path.join(dataDir, "secret");
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").trim();
  const secret = randomBytes(32).toString("base64url");
  // Renamed into place: a start that is killed half way leaves no half a secret.
  fs.writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return secret;
}
