/** What the cockpit keeps on disk beside the database: its lock, its secret, its logs. */
import fs from "node:fs";
import path from "node:path";
import { StartError } from "@/lib/kernel/errors";
import { closeFiles, makeClosed } from "./closed";

/** Makes the directory if it is missing, and closes it and what is in it to other accounts. Refuses with a StartError where this account may not write. */
export function makeDataDirectory(directory: string): void {
  try {
    const logs = path.join(directory, "logs");
    for (const own of [directory, logs]) {
      makeClosed(own);
      closeFiles(own);
    }
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
