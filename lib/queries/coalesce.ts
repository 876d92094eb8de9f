import type { LiveMessage } from "@/lib/contracts/live";

/** What changed since the last flush; `ids` null means any of them. */
export type Changes = { escalations: { ids: ReadonlySet<string> | null } | null; sources: boolean; notices: boolean; duty: boolean; overrides: boolean };

export const nothing: Changes = { escalations: null, sources: false, notices: false, duty: false, overrides: false };

/** Adds a message to what is already known to have changed. */
export function withMessage(changes: Changes, { topic, ids }: LiveMessage): Changes {
  if (topic !== "escalations") return { ...changes, [topic]: true };
  const before = changes.escalations;
  if (!ids || before?.ids === null) return { ...changes, escalations: { ids: null } };
  return { ...changes, escalations: { ids: new Set([...(before?.ids ?? []), ...ids]) } };
}

/**
 * Answers a function that takes messages as they come. `flush` is called at once for the first ones, then again for whatever came
 * meanwhile, `gapMs` after the last flush has ended: a storm of messages costs at most 1000 / gapMs reads a second, and between two of
 * them there is always time for what the reader asks for.
 */
export function coalesce(flush: (changes: Changes) => Promise<unknown>, gapMs: number): (message: LiveMessage) => void {
  let waiting = nothing;
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    // Messages told in one breath are one change.
    await Promise.resolve();
    while (waiting !== nothing) {
      const changes = waiting;
      waiting = nothing;
      await flush(changes).catch(() => undefined);
      await new Promise((done) => setTimeout(done, gapMs));
    }
    busy = false;
  }

  return (message) => {
    waiting = withMessage(waiting, message);
    if (!busy) void run();
  };
}
