/** Makes the build if it is not current, and fails when a page asks for more script than it may. */
import path from "node:path";
import { env } from "@/lib/kernel/env";
import { currentBuild } from "@/lib/server/build";
import { logFile, makeDataDirectory } from "@/lib/server/data-directory";
import { firstLoads, tooLarge } from "./first-load";

makeDataDirectory(env().dataDir);
const build = await currentBuild({
  root: path.resolve("."),
  dataDir: env().dataDir,
  logPath: logFile(env().dataDir, "build"),
  say: (line) => console.log(line),
});
const wrong = tooLarge(firstLoads(build));
for (const sentence of wrong) console.error(sentence);
process.exit(wrong.length ? 1 : 0);
