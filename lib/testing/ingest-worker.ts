/** A worker in a process of its own, for tests that kill it: `node … ingest-worker.ts DIRECTORY`, DATABASE_URL set. */
import { startIngest } from "@/lib/areas/source/ingest/ingest";

startIngest({ directory: process.argv[2]!, pollMs: 20 });
