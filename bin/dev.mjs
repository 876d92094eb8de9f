/** `npm run dev`: `npm start` for whoever changes the code; pages and worker follow every change. */
import { makeReady, root } from "./lib/repository.mjs";
import { runTypeScript } from "./lib/typescript.mjs";

process.chdir(root);
await makeReady();
runTypeScript("lib/server/start.ts", ["--develop"], {
  channel: true,
  endWithParent: Boolean(process.env.npm_lifecycle_event),
});
