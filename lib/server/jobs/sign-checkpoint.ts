import "server-only";
import { nextCheckpoint } from "@/lib/areas/audit/acts/prove-event";
import { raiseIntegrity } from "@/lib/areas/audit/acts/verify-and-raise";
import type { SignerKey } from "@/lib/kernel/chain/log/keys";
import { NotProven } from "@/lib/kernel/chain/read-log";
import { log } from "@/lib/kernel/log";

/** What the log keeps outside the database. */
export type KeptLog = {
  /** Null where there is none yet. */ key(): SignerKey | null;
  /** The checkpoint that was signed last. */ last(): Uint8Array | null;
  /** `mayStill` is asked just before, and throws. */ keep(checkpoint: string, mayStill: () => void): void;
};

type Input = { kept: KeptLog; now: Date; requestId: string; mayStill: () => void };

/**
 * Signs how long the audit log is, and its root, when there are new events, and keeps that beside the data. Never what does not begin with what
 * was signed last: then nothing is signed, and Security hears of it, once while that is open.
 */
export async function signNextCheckpoint({ kept, now, requestId, mayStill }: Input): Promise<void> {
  const signer = kept.key();
  if (!signer) return;
  try {
    const note = await nextCheckpoint(signer, kept.last());
    if (note) kept.keep(note, mayStill);
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    log.error({ err: error }, "the audit log is not what it signed; nothing was signed");
    await raiseIntegrity(error.message, { now, requestId });
  }
}
