import "server-only";
import { startIngest } from "@/lib/areas/source/ingest/ingest";
import { closeDatabase, useDatabase } from "@/lib/kernel/db/client";
import { currentSourceId, useSource } from "@/lib/kernel/db/current-source";
import type { Env } from "@/lib/kernel/env";
import { startDelivery } from "./delivery";
import type { KeptLog } from "./sign-checkpoint";

export type Worker = { stop(): Promise<void> };

/** Reads thegent's files, and carries decisions into them. Several may run; each line and each decision is handled once. */
export async function startWorker(
  { databaseUrl, databasePool, sessionDir }: Pick<Env, "databaseUrl" | "databasePool" | "sessionDir">,
  kept: KeptLog,
): Promise<Worker> {
  if (!databaseUrl || !sessionDir)
    throw new Error("The worker needs DATABASE_URL and THGENT_SESSION_DIR; start it with `npm start`.");
  await useDatabase(databaseUrl, databasePool);
  useSource(sessionDir);
  const sourceId = await currentSourceId();
  const ingest = startIngest({ directory: sessionDir });
  const delivery = startDelivery({ sourceId, directory: sessionDir, kept });
  return {
    async stop() {
      await Promise.all([ingest.stop(), delivery.stop()]);
      await closeDatabase();
    },
  };
}
