/**
 * How long one file of tests may take, in seconds on two quiet processors: the one place that says so. A file over its budget is named at
 * the end of the run; one over twice its budget fails it: as much is left to a machine that has more to do.
 */

/** @type {Record<string, number>} by the step that runs it */
const budgets = { unit: 15, integration: 45, browser: 90 };

/** @type {Record<string, { seconds: number, because: string }>} */
export const exceptions = {
  "lib/areas/source/ingest/files.int.test.ts": {
    seconds: 60,
    because: "Every way in which a file can change, one of forty thousand lines.",
  },
  "lib/areas/source/ingest/strange.int.test.ts": {
    seconds: 60,
    because: "Trouble of every kind in every place of a directory.",
  },
  "lib/areas/source/ingest/workers.int.test.ts": {
    seconds: 90,
    because: "Nine pairs of processes, of which one dies or stands still.",
  },
  "lib/server/jobs/restarts.int.test.ts": {
    seconds: 90,
    because: "A dozen kills, and after the last everything that was left must be done.",
  },
  "lib/server/backup.int.test.ts": { seconds: 90, because: "Restores into databases that are made from nothing." },
  "lib/areas/escalation/acts/night.int.test.ts": { seconds: 60, because: "A night of 250 items, minute by minute." },
  "e2e/overrides.spec.ts": {
    seconds: 150,
    because: "The life of an override: many people, each made on the command line.",
  },
  "e2e/queue.spec.ts": { seconds: 120, because: "The queue's fourteen scenarios, several people each." },
  "e2e/kill.spec.ts": { seconds: 150, because: "Six kills, after each of which something starts anew." },
  "e2e/sessions.spec.ts": { seconds: 150, because: "Nine people, made and disabled on the command line." },
  "e2e/big-queue.spec.ts": { seconds: 120, because: "A thousand rows, scrolled through again and again." },
  "e2e/full-disk.spec.ts": { seconds: 120, because: "PostgreSQL tries again by itself once there is room." },
};

/** @typedef {{ step: string, file: string, seconds: number }} Timed */

/** @param {Timed} timed */
export const budgetOf = ({ step, file }) => exceptions[file]?.seconds ?? budgets[step] ?? Infinity;

/**
 * The slowest first; `over` their budget, and so `farOver` it that the run fails.
 * @param {Timed[]} all
 */
export function judge(all) {
  const slowest = all.toSorted((a, b) => b.seconds - a.seconds);
  const farOver = slowest.filter((timed) => timed.seconds > 2 * budgetOf(timed));
  return {
    slowest: slowest.slice(0, 10),
    over: slowest.filter((timed) => timed.seconds > budgetOf(timed) && !farOver.includes(timed)),
    farOver,
  };
}
