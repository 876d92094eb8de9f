import "server-only";
import { nextCheckpoint } from "@/lib/areas/audit/acts/prove-event";
import { raiseIntegrity } from "@/lib/areas/audit/acts/verify-and-raise";
import { NotProven } from "@/lib/kernel/chain/read-log";
import { log } from "@/lib/kernel/log";
import { keepCheckpoint, readLogKey, readSignedCheckpoint } from "@/lib/server/log-key";

type Input = { dataDir: string; now: Date; requestId: string; mayStill: () => void };

/**
 * Signs how long the audit log is, and its root, when there are new events, and keeps that beside the data. Never what does not begin with what
 * was signed last: then nothing is signed, and Security hears of it, once while that is open.
 */
export async function signNextCheckpoint({ dataDir, now, requestId, mayStill }: Input): Promise<void> {
  const signer = readLogKey(dataDir);
  if (!signer) return;
  try {
    const note = await nextCheckpoint(signer, readSignedCheckpoint(dataDir));
    if (note) keepCheckpoint(dataDir, note, mayStill);
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    log.error({ err: error }, "the audit log is not what it signed; nothing was signed");
    await raiseIntegrity(error.message, { now, requestId });
  }
}
