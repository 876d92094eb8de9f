/**
 * The jobs of a source: every effect of the outbox is carried into thegent's queue file, every clock that runs out is heard, every
 * notice is sent. They rest with one worker, because who replaced the file also drains what late writers put into the old one; when
 * that worker dies, another takes up what it left.
 */
import "server-only";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, parseCronItems, run, type Runner, type TaskList } from "graphile-worker";
import type { Pool } from "pg";
import { v7 as uuidv7 } from "uuid";
import { keepWatch } from "./keep-watch";
import { runSweeps } from "@/lib/areas/drift/acts/run-sweeps";
import { noteWriteProblem } from "@/lib/areas/source/store/sources";
import { configuredChannels } from "@/lib/channels/configured-channels";
import { areaClocks } from "@/lib/composition/areas";
import { databaseUrl, inTransaction, openPool } from "@/lib/kernel/db/client";
import { takeSourceLock, type SourceLock } from "@/lib/kernel/db/source-lock";
import {
  clockTask,
  deliverNoticesTask,
  deliverTask,
  scheduleDelivery,
  sweepTask,
  watchAreasTask,
} from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";
import { systemClock, type Clock } from "@/lib/kernel/time";
import type { Passing } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { addToQueueFile } from "@/lib/thegent/files/add-to-queue";
import { Drainer } from "@/lib/thegent/files/drainer";
import { endOverride, recordOverride, removeOverrideDrafts } from "@/lib/thegent/files/override-file";
import { QueueWriteError } from "@/lib/thegent/files/replace-file";
import { recoverDrains, resolveInQueueFile } from "@/lib/thegent/files/write-back";
import type { FormerRecord, NewRecord } from "@/lib/thegent/records/new-record";
import { newOverrideKey } from "@/lib/thegent/records/override-record";
import { startNoticeSender } from "./notice-sender";
import { oneAtATime } from "./one-at-a-time";
import { signNextCheckpoint, type KeptLog } from "./sign-checkpoint";
import { watchAreas } from "./watch-areas";
import { passAllTime } from "./watch-clocks";
import { takeUp, type Addition, type WriteBack } from "./take-up";

export type Delivery = { stop(): Promise<void> };

type Options = {
  sourceId: string;
  directory: string;
  /** The audit log whose checkpoints this worker signs; without one it signs none. */ kept?: KeptLog;
  clock?: Clock;
};

const grant = grantSystem(operatingModel, "escalation.take-up", "The cockpit");
const lockRetryMs = 1000;
const heldCheckMs = 500;
const jobStatementMs = 30_000;
/** How long what is under way may take to end; the supervisor waits a little longer. */
const endingMs = 7000;

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

async function deliverWhileHeld(
  { sourceId, directory, kept, clock = systemClock }: Options,
  lock: SourceLock,
  ending: AbortSignal,
): Promise<void> {
  const mayWrite = () => {
    if (!lock.held())
      throw new QueueWriteError("Another worker writes into thegent's files by now; this one wrote nothing.");
  };
  const drainer = new Drainer({
    mayWrite,
    onProblem: (error) => log.warn({ err: error }, "late lines of the queue file are tried again, ever more seldom"),
  });
  const file = path.join(directory, "escalation_queue.jsonl");
  const overrides = path.join(directory, "override_registry.jsonl");
  const write: WriteBack = {
    add: (records) => addToQueueFile(file, records.flatMap(toLines), { drainer }),
    resolve: (resolutions) => resolveInQueueFile(file, resolutions, { drainer }),
    override: async (records) => {
      for (const record of records) await recordOverride(overrides, record, { mayWrite });
    },
    endOverride: async (records) => {
      for (const { endAt, ...record } of records)
        await endOverride(overrides, newOverrideKey(record), endAt, { mayWrite });
    },
  };
  const sender = startNoticeSender({ sourceId, channels: configuredChannels(env()), clock });
  const jobs = openPool(databaseUrl(), 4, jobStatementMs);
  let [runner, noted]: [Runner | undefined, string | null | undefined] = [undefined, undefined];
  const noteTrouble = async () => {
    const { trouble } = drainer;
    if (trouble === noted) return;
    await noteWriteProblem(grant, sourceId, trouble);
    noted = trouble;
  };
  try {
    await recoverDrains(directory, { drainer });
    await removeOverrideDrafts(directory);
    const by = () => ({ sourceId, now: clock, requestId: uuidv7() });
    runner = await startJobs(jobs, sourceId, {
      // Beside another, what that one has just written would be taken for written before it was seen to last. Not by a queue of the jobs': that
      // of a worker that was killed stays locked for hours.
      [deliverTask(sourceId)]: oneAtATime(() => takeUp({ ...by(), write })),
      [deliverNoticesTask(sourceId)]: async () => sender.wake(),
      ...clockTasks(sourceId, by, clock),
      [watchAreasTask(sourceId)]: () => watchAreas(by()),
      [watchTask(sourceId)]: () => keepWatch(by()),
      // Asked for as another ends, it is seen when that has ended.
      [sweepTask(sourceId)]: oneAtATime(() => runSweeps({ ...by(), directory })),
      [signTask(sourceId)]: async () =>
        kept && (await signNextCheckpoint({ kept, now: clock(), requestId: uuidv7(), mayStill: mayWrite })),
    });
    // What was decided, and what ran out, while no worker was there.
    await inTransaction((tx) => scheduleDelivery(tx, grant, sourceId));
    await passAllTime(by());
    while (lock.held() && !ending.aborted) {
      // Without the database: at the next look.
      await noteTrouble().catch(() => undefined);
      await nap(heldCheckMs, ending);
    }
  } finally {
    const ended = Promise.allSettled([runner?.stop(), sender.stop()]).then(() => drainer.close());
    // What hangs, a connection or a file system, is left behind: without the lease it writes nothing any more.
    await Promise.race([ended, sleep(endingMs, undefined, { ref: false })]);
    await lock.release();
    void jobs.end();
  }
}

/** What stood there before goes back as it stood. */
const toLines = ({ former = [], ...record }: Addition): (NewRecord | FormerRecord)[] =>
  former.length ? former.map((line) => ({ runId: record.runId, line: Buffer.from(line, "base64") })) : [record];

/** Two machines' clocks may differ so much; more is another time altogether. */
const mostSkewMs = 60_000;

/** A job rings by the database's clock. Where this process' runs behind, its step is due all the same, not at the next watch. */
const notBefore =
  (rang: Date, clock: Clock): Clock =>
  () => {
    const at = clock();
    const behind = rang.getTime() - at.getTime();
    return behind > 0 && behind <= mostSkewMs ? rang : at;
  };

/** A job of each area's clock rings at the instant at which a thing of it is due. */
const clockTasks = (sourceId: string, by: () => Passing, clock: Clock): TaskList =>
  Object.fromEntries(
    areaClocks.map(({ kind, passTime }) => [
      clockTask(kind, sourceId),
      async (_: unknown, { job }: { job: { run_at: Date } }) =>
        void (await passTime({ ...by(), now: notBefore(job.run_at, clock) })),
    ]),
  );

const watchTask = (sourceId: string): string => `watch-clocks:${sourceId}`;

const signTask = (sourceId: string): string => `sign-checkpoint:${sourceId}`;

function startJobs(pgPool: Pool, sourceId: string, taskList: TaskList): Promise<Runner> {
  const logger = new Logger(
    () => (level, message) =>
      ["error", "warning"].includes(level) ? log.warn({ message }, "jobs") : log.debug({ message }, "jobs"),
  );
  return run({
    pgPool,
    // One of them may sweep, which takes as long as thegent's registry; the others must not wait for it.
    concurrency: 3,
    pollInterval: 1000,
    noHandleSignals: true,
    parsedCronItems: parseCronItems(
      [watchTask(sourceId), sweepTask(sourceId), signTask(sourceId)].map((task) => ({
        task,
        match: "* * * * *",
        options: { backfillPeriod: 0, maxAttempts: 1 },
      })),
    ),
    logger,
    taskList,
  });
}

const nap = (ms: number, ending: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: ending }).catch(() => undefined);
