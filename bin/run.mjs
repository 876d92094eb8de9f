/** `node bin/run.mjs <file.ts> …`: a script of ours, from the repository's folder. */
import { makeReady, refuse } from "./lib/repository.mjs";
import { runTypeScript } from "./lib/typescript.mjs";

const [file, ...args] = process.argv.slice(2);
if (!file) refuse("Which file?", "Usage: node bin/run.mjs <file.ts> [arguments]");
await makeReady();
runTypeScript(file, args);
