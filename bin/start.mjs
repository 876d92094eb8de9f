/** `npm start`: makes the repository ready, then hands over to lib/server/start.ts. */
import { makeReady, root } from "./lib/repository.mjs";
import { runTypeScript } from "./lib/typescript.mjs";

process.chdir(root);
await makeReady();
runTypeScript("lib/server/start.ts", process.argv.slice(2), {
  channel: true,
  endWithParent: Boolean(process.env.npm_lifecycle_event),
});
