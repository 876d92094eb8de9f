/** The worker's process: reads thegent's files, writes decisions back, keeps the clocks. */
import { env } from "@/lib/kernel/env";
import { startWorker } from "@/lib/server/jobs/worker";
import { keptLog } from "./log-key";
import { endWhenTold } from "./until-told.mjs";

const starting = startWorker(env(), keptLog(env().dataDir));
endWhenTold(async () => (await starting).stop());
await starting;
