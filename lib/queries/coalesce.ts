import type { LiveMessage, LiveTopic } from "@/lib/contracts/live";

/** What changed of a topic since it was last read; null means any of it. */
export type Changed = ReadonlySet<string> | null;

/** Adds a message to what is already known to have changed. */
export function withMessage(before: Changed | undefined, { ids }: LiveMessage): Changed {
  return !ids || before === null ? null : new Set([...(before ?? []), ...ids]);
}

/**
 * How a topic is read. `breathMs`: one change is told in several messages, each a task of its own; what comes within this time of the first is
 * read with it. `restMs`: how long it rests at least after it was read.
 */
export type Pace = { breathMs: number; restMs: number };

/**
 * Answers a function that takes messages as they come. `flush` is called a breath after the first of a topic, then again for whatever came of
 * it meanwhile, after a rest at least as long as the reading took: a storm of messages costs at most half of the reader's time, and between
 * two reads there is always time for what else is asked for. No topic waits for another.
 */
export function coalesce(flush: (topic: LiveTopic, changed: Changed) => Promise<unknown>, paces: Readonly<Record<LiveTopic, Pace>>): (message: LiveMessage) => void {
  const waiting = new Map<LiveTopic, Changed>();
  const busy = new Set<LiveTopic>();

  async function run(topic: LiveTopic): Promise<void> {
    const { breathMs, restMs } = paces[topic];
    busy.add(topic);
    await rest(breathMs);
    for (let changed = waiting.get(topic); changed !== undefined; changed = waiting.get(topic)) {
      waiting.delete(topic);
      const began = performance.now();
      await flush(topic, changed).catch(() => undefined);
      await rest(Math.max(restMs, performance.now() - began));
    }
    busy.delete(topic);
  }

  return (message) => {
    const { topic } = message;
    waiting.set(topic, withMessage(waiting.get(topic), message));
    if (!busy.has(topic)) void run(topic);
  };
}

const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
