import { focusManager, type QueryClient } from "@tanstack/react-query";
import { liveTopics, type LiveTopic } from "@/lib/contracts/live";
import { coalesce, type Changed, type Pace } from "./coalesce";
import { keys } from "./options";
import { hearPerson } from "./page-owner";
import { subscribeToJumps } from "./server-clock";
import { joinSharedStream } from "./shared-stream";

/** "joining" until the first word: nothing is known to be wrong yet. */
export type LiveState = "joining" | "live" | "broken";

/** What one waits for is read at once; how far thegent's files are read is said of every line, and read after what the line brought. */
const soon: Pace = { breathMs: 15, restMs: 100 };
const PACES: Readonly<Record<LiveTopic, Pace>> = { escalations: soon, overrides: soon, notices: soon, duty: soon, sources: { breathMs: 250, restMs: 1_000 } };

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

type Key = readonly unknown[];

/**
 * What a change makes old, what people look at first at the front: the figures around it wait until that is read. An item says whom it would
 * reach at this moment, so a change of duty makes it old too, and names its overrides. What lies in thegent's files is part of an override.
 */
export function staleKeys(topic: LiveTopic, changed: Changed): { first: Key[]; then: Key[] } {
  switch (topic) {
    case "escalations":
      return { first: [keys.lists, ...(changed ? [...changed].map(keys.detail) : [keys.details])], then: [keys.summary] };
    case "overrides":
      return { first: [keys.overrides], then: [keys.details] };
    case "notices":
      return { first: [keys.inboxes], then: [keys.inboxCounts] };
    case "duty":
      return { first: [keys.duty], then: [keys.details] };
    case "sources":
      return { first: [keys.sources], then: [keys.summary, keys.overrides] };
  }
}

/** Makes old what a change touches, and reads it again as far as it is on the screen; a page that nobody sees reads when it is next seen. */
export async function invalidateChanged(client: QueryClient, topic: LiveTopic, changed: Changed): Promise<void> {
  const { first, then } = staleKeys(topic, changed);
  for (const stale of [first, then]) await Promise.all(stale.map((queryKey) => readAgain(client, queryKey)));
}

async function readAgain(client: QueryClient, queryKey: Key): Promise<void> {
  await underWay(client, queryKey);
  await client.invalidateQueries({ queryKey, refetchType: focusManager.isFocused() ? "active" : "none" });
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
  const hear = coalesce((topic, changed) => invalidateChanged(client, topic, changed), PACES);
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
