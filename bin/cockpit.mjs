/** `npm run cockpit -- <command>`: see lib/cli/main.ts. */
import { makeReady } from "./lib/repository.mjs";
import { runTypeScript } from "./lib/typescript.mjs";

await makeReady();
runTypeScript("lib/cli/process.ts", process.argv.slice(2));
