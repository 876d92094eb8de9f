/**
 * How long one file of tests may take, in seconds on two processors that have only `npm test` to do, both lanes of it: the one place that
 * says so. A file over its budget is named at the end of the run; one over twice its budget fails it: as much is left to a machine that has
 * more to do.
 */

/** @type {Record<string, number>} by the step that runs it */
const budgets = { unit: 15, integration: 45, browser: 90 };

/** @type {Record<string, { seconds: number, because: string }>} */
export const exceptions = {
  "lib/areas/source/ingest/files.int.test.ts": {
    seconds: 60,
    because: "Every way in which a file can change, a cockpit's database each.",
  },
  "lib/areas/source/ingest/progress.int.test.ts": {
    seconds: 75,
    because: "Reads files of many batches while other workers, and the browser's lane, have the processors, too.",
  },
  "lib/areas/source/ingest/workers.int.test.ts": {
    seconds: 75,
    because: "Workers that are killed while they read files of many batches; each begins as a process of its own.",
  },
  "lib/areas/person/acts/sign-in.int.test.ts": {
    seconds: 60,
    because: "Passwords are hashed as slowly as they are for people.",
  },
  "lib/server/backup.int.test.ts": { seconds: 60, because: "Restores into databases that are made from nothing." },
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
