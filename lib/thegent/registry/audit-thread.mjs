// @ts-check
/** Where a thread begins: Node starts threads with JavaScript only. Then audit-worker.ts, by whose words it works. */
import { register } from "tsx/esm/api";

register();
await import(new URL("./audit-worker.ts", import.meta.url).href);
