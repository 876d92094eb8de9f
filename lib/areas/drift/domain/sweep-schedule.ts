/** When a sweep is due, when one is overdue, and whether another may be asked for by hand. Instants may lie ahead of `now`: clocks are set back. */

/** One of a source's sweeps, of which the ids tell the order. */
export type Sweep = {
  id: number;
  byPerson: boolean;
  askedAt: Date;
  begunAt: Date | null;
  endedAt: Date | null;
  hasResult: boolean;
};

const minute = 60_000;

/** One that ended without a result is tried again after so long, or sooner where all come sooner. */
const retryMinutes = 15;
/** A sweep waits for the worker's next look, and takes its time: it is late only after so long, or a tenth of the time between two. */
const leastGraceMinutes = 5;
/** Between two that people ask for. */
const pauseMs = 30_000;

const later = (at: Date, milliseconds: number): Date => new Date(at.getTime() + milliseconds);
const notAhead = (at: Date | null | undefined, now: Date): Date | null => (at && at <= now ? at : null);

type Known = {
  /** The last that was asked for; null: there was none. */
  last: Sweep | null;
  /** The last that has a result. */
  done: Sweep | null;
  everyMinutes: number;
};

/** When the next one begins by itself; null while one is open. What lies ahead of now tells nothing, so that a clock that was set back stops no sweep. */
export function dueAt({ last, done, everyMinutes }: Known, now: Date): Date | null {
  if (last && !last.endedAt) return null;
  const swept = notAhead(done?.begunAt, now);
  const failed = last?.hasResult ? null : notAhead(last?.endedAt, now);
  const due = [
    ...(swept ? [later(swept, everyMinutes * minute)] : []),
    ...(failed ? [later(failed, Math.min(retryMinutes, everyMinutes) * minute)] : []),
  ];
  return due.length ? due.reduce((one, other) => (one > other ? one : other)) : now;
}

/** From when on the last result is too old to stand for how things are; null: there is none. One from ahead of now is too old at once. */
export function overdueAt({ done, everyMinutes }: Pick<Known, "done" | "everyMinutes">, now: Date): Date | null {
  if (!done?.begunAt) return null;
  const swept = notAhead(done.begunAt, now);
  const grace = Math.max(leastGraceMinutes, everyMinutes / 10);
  return swept ? later(swept, (everyMinutes + grace) * minute) : now;
}

export type Asking = { do: "sweep" } | { do: "nothing" } | { do: "wait"; until: Date };

/**
 * Whether a person who saw the sweep `seen` (null: none) as the last one gets another. Nothing is done where one is open, or has come since: it is
 * what they ask for, so that whoever presses twice sweeps once.
 */
export function decideAsk(last: Sweep | null, seen: number | null, now: Date): Asking {
  if (!last) return { do: "sweep" };
  if (!last.endedAt || last.id > (seen ?? 0)) return { do: "nothing" };
  const ended = notAhead(last.endedAt, now);
  const until = ended && later(ended, pauseMs);
  return last.byPerson && until && now < until ? { do: "wait", until } : { do: "sweep" };
}
