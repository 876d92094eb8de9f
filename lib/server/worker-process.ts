/** The worker's process: reads thegent's files, writes decisions back, keeps the clocks. */
import { env } from "@/lib/env";
import { startWorker } from "@/lib/jobs/worker";
import { endWhenTold } from "@/lib/server/until-told.mjs";

const starting = startWorker(env());
endWhenTold(async () => (await starting).stop());
await starting;
