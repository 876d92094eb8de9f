/**
 * Keeps the database in step with a session directory: polls, helped by the file system's notices, one worker a source at a time.
 * Nothing here ends the process: without the database it waits for its return.
 */
import { findSourceId, noteSourceProblem } from "@/lib/areas/source/store/sources";
import { takeSourceLock, type SourceLock } from "@/lib/kernel/db/source-lock";
import { log } from "@/lib/kernel/log";
import { systemClock, type Clock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { Notices } from "./notices";
import { Rounds } from "./round";
import { Signs } from "./signs";

export type Ingest = {
  /**
   * Resolves once everything that stood in the directory at the time of the call is in the database, or has its problem noted.
   * Only the worker whose turn it is can say so.
   */
  settled(): Promise<void>;
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
};

export type IngestOptions = {
  /** A registered source's directory. */
  directory: string;
  clock?: Clock;
  pollMs?: number;
  /** The file system's notices are a help only; polling alone must do. */
  useNotices?: boolean;
};

const grant = grantSystem(operatingModel, "source.record", "The cockpit");
const lockRetryMs = 1000;
/** Longer than any statement may take: a round that gives no sign for so long hangs in the file system. */
const standstillMs = 180_000;
const longestBackOffMs = 10_000;

export function startIngest(options: IngestOptions): Ingest {
  const loop = new IngestLoop(options);
  const ended = loop.run();
  return {
    settled: () => loop.settled(),
    stop: async () => {
      loop.stop();
      await ended;
    },
  };
}

type Turn = { sourceId: string; lock: SourceLock; rounds: Rounds; signs: Signs };

class IngestLoop {
  private readonly notices: Notices | null;
  private readonly pollMs: number;
  private waiters: { resolve: () => void; since: number }[] = [];
  private begun = 0;
  private stopped = false;
  private wake: () => void = () => {};

  constructor(private readonly options: IngestOptions) {
    this.pollMs = options.pollMs ?? 250;
    this.notices = options.useNotices === false ? null : new Notices(options.directory, () => this.wake());
  }

  settled(): Promise<void> {
    return new Promise((resolve) => this.waiters.push({ resolve, since: this.begun }));
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  async run(): Promise<void> {
    let turn: Turn | null = null;
    let pause = this.pollMs;
    while (!this.stopped) {
      try {
        if (!turn?.lock.held()) turn = await this.takeTurn();
        pause = turn ? await this.round(turn) : lockRetryMs;
      } catch (error) {
        pause = Math.min(Math.max(pause, this.pollMs) * 2, longestBackOffMs);
        log.warn({ err: error, pauseMs: pause }, "Reading thegent's files is held up.");
      }
      await this.nap(pause);
    }
    this.notices?.close();
    await turn?.lock.release();
  }

  /** With nothing remembered: another worker may have gone on from where this one once stood. Null while it is another's turn. */
  private async takeTurn(): Promise<Turn | null> {
    const { directory, clock = systemClock } = this.options;
    const id = await findSourceId(directory);
    const lock = await takeSourceLock(id, "ingest");
    if (!lock) return null;
    const signs = new Signs();
    const rounds = new Rounds({ id, directory }, clock, () => {
      signs.give();
      return this.stopped || !lock.held();
    });
    try {
      await rounds.recall();
      return { sourceId: id, lock, rounds, signs };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** How long to wait for the next one. */
  private async round(turn: Turn): Promise<number> {
    const since = (this.begun += 1);
    const { rounds, signs } = turn;
    signs.give();
    const reading = rounds.next(this.notices?.take() ?? new Set());
    const round = await signs.orStandstill(reading, standstillMs);
    if (round === "standstill") return this.standAside(turn, reading);
    const { quiet, more } = round;
    this.notices?.watchOnly(rounds.directories());
    if (quiet) {
      const done = this.waiters.filter((waiter) => waiter.since < since);
      this.waiters = this.waiters.filter((waiter) => waiter.since >= since);
      done.forEach(({ resolve }) => resolve());
    }
    return more ? 0 : this.pollMs;
  }

  /** Others may have a directory that answers. This worker waits where it hangs: trying anew would hang as well, until nothing is left to try with. */
  private async standAside({ sourceId, lock }: Turn, reading: Promise<unknown>): Promise<number> {
    log.warn("The session directory does not answer.");
    await noteSourceProblem(grant, sourceId, "The session directory does not answer.").catch((error: unknown) =>
      log.warn({ err: error }, "That could not be noted."),
    );
    await lock.release();
    await reading.catch(() => undefined);
    return lockRetryMs;
  }

  private nap(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
