/**
 * A worker that reads a directory and does its jobs, in a process of its own, for tests that kill it: `… whole-worker SOURCE DIRECTORY`,
 * DATABASE_URL set. Says "ready" once it is loaded and begins at a line on its standard input; ends when that input does.
 */
import { once } from "node:events";
import { startIngest } from "@/lib/areas/source/ingest/ingest";
import { startDelivery } from "@/lib/server/jobs/delivery";

const [sourceId, directory] = process.argv.slice(2) as [string, string];
process.stdin.once("end", () => process.exit());
process.stdout.write("ready\n");
await once(process.stdin, "data");
startIngest({ directory, pollMs: 20 });
startDelivery({ sourceId, directory });
