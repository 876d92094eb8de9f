/**
 * The delivery of decisions: takes the right to write into a source's files, then carries every effect of the outbox into
 * thegent's queue file. The right stays with one worker, because who replaced the file also drains what late writers put into
 * the old one; when that worker dies, another takes up what it left.
 */
import "server-only";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, run, type Runner } from "graphile-worker";
import { v7 as uuidv7 } from "uuid";
import { systemClock, type Clock } from "@/lib/clock";
import { databaseUrl, inTransaction } from "@/lib/data/client";
import { deliverTask, scheduleDelivery } from "@/lib/data/outbox";
import { takeSourceLock, type SourceLock } from "@/lib/data/source-lock";
import { log } from "@/lib/log";
import { Drainer } from "@/lib/thegent/drainer";
import { recoverDrains, resolveInQueueFile } from "@/lib/thegent/write-back";
import { takeUp } from "@/lib/usecases/take-up";

export type Delivery = { stop(): Promise<void> };

type Options = { sourceId: string; directory: string; clock?: Clock };

const lockRetryMs = 1000;
const heldCheckMs = 500;

export function startDelivery(options: Options): Delivery {
  const ending = new AbortController();
  const ended = loop(options, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
}

/** Never throws: what goes wrong is logged and tried again. */
async function loop(options: Options, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    try {
      const lock = await takeSourceLock(options.sourceId, "delivery");
      if (lock) await deliverWhileHeld(options, lock, ending);
    } catch (error) {
      log.warn({ err: error }, "delivery is held up");
    }
    await nap(lockRetryMs, ending);
  }
}

async function deliverWhileHeld({ sourceId, directory, clock = systemClock }: Options, lock: SourceLock, ending: AbortSignal): Promise<void> {
  const drainer = new Drainer({ onProblem: (error) => log.warn({ err: error }, "late lines of the queue file are tried again") });
  const file = path.join(directory, "escalation_queue.jsonl");
  let runner: Runner | undefined;
  try {
    await recoverDrains(directory, { drainer });
    runner = await startJobs(sourceId, () =>
      takeUp({ sourceId, write: (resolutions) => resolveInQueueFile(file, resolutions, { drainer }), now: clock, requestId: uuidv7() }),
    );
    // What was decided while nobody delivered.
    await inTransaction((tx) => scheduleDelivery(tx, sourceId));
    while (lock.held() && !ending.aborted) await nap(heldCheckMs, ending);
  } finally {
    await runner?.stop();
    await drainer.close();
    await lock.release();
  }
}

function startJobs(sourceId: string, deliver: () => Promise<number>): Promise<Runner> {
  const logger = new Logger(() => (level, message) => (["error", "warning"].includes(level) ? log.warn({ message }, "jobs") : log.debug({ message }, "jobs")));
  return run({
    connectionString: databaseUrl(),
    maxPoolSize: 3,
    concurrency: 1,
    pollInterval: 1000,
    noHandleSignals: true,
    parsedCronItems: [],
    logger,
    taskList: { [deliverTask(sourceId)]: async () => void (await deliver()) },
  });
}

const nap = (ms: number, ending: AbortSignal): Promise<void> => sleep(ms, undefined, { signal: ending }).catch(() => undefined);
