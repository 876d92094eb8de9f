/** Makes the production build if it is not current; what `npm start` does, alone. */
import path from "node:path";
import { env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";
import { currentBuild } from "./build";
import { logFile, makeDataDirectory } from "./data-directory";

try {
  makeDataDirectory(env().dataDir);
  const directory = await currentBuild({
    root: path.resolve("."),
    dataDir: env().dataDir,
    logPath: logFile(env().dataDir, "build"),
    say: (line) => console.log(line),
  });
  console.log(`The build is in ${directory}.`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`${error.message}\n${error.remedy}`);
  process.exit(1);
}
