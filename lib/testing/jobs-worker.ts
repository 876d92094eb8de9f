/**
 * The jobs of a source in a process of its own, for tests that kill it: `… jobs-worker SOURCE DIRECTORY`, DATABASE_URL set. Says "ready"
 * once it is loaded and begins at a line on its standard input, so that nobody waits for it to load; ends when that input does.
 */
import { once } from "node:events";
import { startDelivery } from "@/lib/server/jobs/delivery";

const [sourceId, directory] = process.argv.slice(2) as [string, string];
process.stdin.once("end", () => process.exit());
process.stdout.write("ready\n");
await once(process.stdin, "data");
startDelivery({ sourceId, directory });
