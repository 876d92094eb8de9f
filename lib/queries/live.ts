import type { QueryClient } from "@tanstack/react-query";
import { liveTopics } from "@/lib/contracts/live";
import { coalesce, type Changes } from "./coalesce";
import { keys } from "./options";
import { hearPerson } from "./page-owner";
import { subscribeToJumps } from "./server-clock";
import { joinSharedStream } from "./shared-stream";

/** "joining" until the first word: nothing is known to be wrong yet. */
export type LiveState = "joining" | "live" | "broken";

const GAP_MS = 250;

let state: LiveState = "joining";
const listeners = new Set<() => void>();

/** For useSyncExternalStore: whether news arrive by themselves. */
export const liveState = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: (): LiveState => state,
};

function say(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/**
 * Reads again what the changes touch, as far as it is on the screen; the rest is read when it is next shown. An item says whom it would
 * reach at this moment, so a change of duty makes it old too, and names its overrides. What lies in thegent's files is part of an override.
 */
export async function invalidateChanged(client: QueryClient, { escalations, sources, notices, duty, overrides }: Changes): Promise<void> {
  const stale: (readonly unknown[])[] = [];
  if (escalations || sources) stale.push(keys.summary);
  if (sources) stale.push(keys.sources);
  if (overrides || sources) stale.push(keys.overrides);
  const anyDetail = duty || overrides || (escalations !== null && escalations.ids === null);
  if (escalations) stale.push(keys.lists);
  if (anyDetail) stale.push(keys.details);
  else if (escalations?.ids) stale.push(...[...escalations.ids].map(keys.detail));
  if (notices) stale.push(keys.inboxes, keys.inboxCounts);
  if (duty) stale.push(keys.duty);
  await Promise.all(
    stale.map(async (queryKey) => {
      await underWay(client, queryKey);
      await client.invalidateQueries({ queryKey });
    }),
  );
}

/**
 * Ends when the reads that are under way have ended. They began before the news and may lack them, so everything is read once more; but they
 * are not cut off: whoever scrolls while news come without a pause would never get any further.
 */
async function underWay(client: QueryClient, queryKey: readonly unknown[]): Promise<void> {
  await Promise.allSettled(client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching" }).map(async (query) => query.promise));
}

/**
 * Connects the queries of a page of `person` to the server's news. Whenever a stream was opened everything on the screen is read again:
 * between what was last read and the opening, messages may have been missed. A stream that is lost may have ended with the session.
 */
export function connectLive(client: QueryClient, person: string): () => void {
  const hear = coalesce((changes) => invalidateChanged(client, changes), GAP_MS);
  const leave = joinSharedStream("/api/live", person, (word) => {
    if (word.kind === "message") return hear(word.message);
    if (word.kind === "person") return void hearPerson(word.id);
    say(word.kind === "opened" ? "live" : "broken");
    if (word.kind === "opened") for (const topic of liveTopics) hear({ topic });
    else void client.invalidateQueries({ queryKey: keys.person });
  });
  // Its answer brings the server's time.
  const ignoreJumps = subscribeToJumps(() => void client.invalidateQueries({ queryKey: keys.summary }));
  return () => {
    leave();
    ignoreJumps();
    say("joining");
  };
}
