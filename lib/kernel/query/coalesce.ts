/** Which of its things changed since a part of the page was last read; null means any. */
export type Changed = ReadonlySet<string> | null;

/** Adds the ids of a message to what is already known to have changed; none means that any may have. */
export function withIds(before: Changed | undefined, ids: readonly string[] | null | undefined): Changed {
  return !ids || before === null ? null : new Set([...(before ?? []), ...ids]);
}

/**
 * How a part of the page is read again. `breathMs`: one change is told in several messages, each a task of its own; what comes within this time
 * of the first is read with it. `restMs`: how long it rests at least after it was read. `goesAlong`: it takes breath no longer than until something
 * else is read, just before which it is read then; so both can be one request, and one drawing of the page.
 */
export type Pace = { breathMs: number; restMs: number; goesAlong?: boolean };

/**
 * Answers a function that is told what changed as it changes. `read` is called a breath after the first change of a part, then again for whatever
 * changed of it meanwhile, after a rest at least as long as the reading took: a storm of changes costs at most half of the reader's time, and
 * between two reads there is always time for what else is asked for. No part waits for another.
 */
export function coalesce<Part extends string>(
  read: (part: Part, changed: Changed) => Promise<unknown>,
  paces: Readonly<Record<Part, Pace>>,
): (part: Part, ids?: readonly string[] | null) => void {
  const waiting = new Map<Part, Changed>();
  const busy = new Set<Part>();

  /** What ends the breath of a part that goes along. */
  const breathing = new Map<Part, () => void>();

  async function breath(part: Part): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, paces[part].breathMs);
      if (!paces[part].goesAlong) return;
      breathing.set(part, () => {
        clearTimeout(timer);
        done();
      });
    });
    breathing.delete(part);
  }

  async function takeAlong(): Promise<void> {
    if (breathing.size === 0) return;
    for (const end of breathing.values()) end();
    // Until they have been asked for.
    await rest(0);
  }

  async function run(part: Part): Promise<void> {
    const { restMs, goesAlong } = paces[part];
    busy.add(part);
    await breath(part);
    while (waiting.has(part)) {
      if (!goesAlong) await takeAlong();
      const changed = waiting.get(part) ?? null;
      waiting.delete(part);
      const began = performance.now();
      await read(part, changed).catch(() => undefined);
      await rest(Math.max(restMs, performance.now() - began));
    }
    busy.delete(part);
  }

  return (part, ids) => {
    waiting.set(part, withIds(waiting.get(part), ids));
    if (!busy.has(part)) void run(part);
  };
}

const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
