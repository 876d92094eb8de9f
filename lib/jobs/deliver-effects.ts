import "server-only";
import path from "node:path";
import type { Task } from "graphile-worker";
import { v7 as uuidv7 } from "uuid";
import type { Clock } from "@/lib/clock";
import { takeUp, type WriteBack } from "@/lib/usecases/take-up";

/** thegent's queue file, in its session directory. */
export const queueFile = (directory: string): string => path.join(directory, "escalation_queue.jsonl");

/**
 * The job behind the outbox: one for a source, however many decisions wait. It fails when thegent's file cannot be written, and
 * graphile-worker runs it again, later each time.
 */
export function deliverEffects({ sourceId, write, clock }: { sourceId: string; write: WriteBack; clock: Clock }): Task {
  return async (_payload, helpers) => {
    const done = await takeUp({ sourceId, write, now: clock, requestId: uuidv7() });
    if (done) helpers.logger.info(`${done} decisions taken up`);
  };
}
