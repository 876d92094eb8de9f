import { focusManager, type QueryClient } from "@tanstack/react-query";
import { liveTopics, type LiveMessage, type LiveTopic } from "@/lib/kernel/live/contract";
import { coalesce, type Changed, type Pace } from "./coalesce";
import { hearPerson } from "./page-owner";
import { subscribeToJumps } from "./server-clock";
import { joinSharedStream } from "./shared-stream";

/** "joining" until the first word: nothing is known to be wrong yet. */
export type LiveState = "joining" | "live" | "broken";

export type Key = readonly unknown[];

/** The parts of the pages that are read again, how, and what of them a topic's news make old; and what is read when the stream was lost, and when the machine's time jumped. */
export type News<Part extends string> = {
  paces: Readonly<Record<Part, Pace>>;
  keysOf: (part: Part, changed: Changed) => readonly Key[];
  partsOf: Readonly<Record<LiveTopic, readonly Part[]>>;
  afterLoss: Key;
  afterJump: Key;
};

/** The keys of the parts of which there were news, and when they were last heard, by the browser's own watch. */
const heardOf = new Map<string, { keys: readonly Key[]; at: number }>();

/** A page that the server drew is no longer on its way than this. */
const travelMs = 30_000;

/**
 * What the server has drawn is here. News that came while it was on its way made nothing old that was not here yet: where there were any of late,
 * it is read once more.
 */
export async function readWhatCameMeanwhile(client: QueryClient, drawn: readonly Key[], now: number): Promise<void> {
  const heard = [...heardOf.values()].flatMap(({ keys, at }) => (now - at < travelMs ? keys : []));
  const old = drawn.filter((key) => heard.some((beginning) => beginning.every((word, place) => key[place] === word)));
  await Promise.all(old.map((key) => readAgain(client, key)));
}

/** News of a part are heard. */
export function noteNews(part: string, keys: readonly Key[], now: number): void {
  heardOf.set(part, { keys, at: now });
}

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

/** Makes old what changed of a part, and reads it again as far as it is on the screen; a page that nobody sees reads when it is next seen. */
export async function invalidateChanged(client: QueryClient, keys: readonly Key[]): Promise<void> {
  await Promise.all(keys.map((queryKey) => readAgain(client, queryKey)));
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
  await Promise.allSettled(
    client
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: "fetching" })
      .map(async (query) => query.promise),
  );
}

/**
 * Connects the queries of a page of `person` to the server's news. Whenever a stream was opened everything on the screen is read again:
 * between what was last read and the opening, messages may have been missed. A stream that is lost may have ended with the session.
 */
export function connectLive<Part extends string>(
  client: QueryClient,
  person: string,
  { paces, keysOf, partsOf, afterLoss, afterJump }: News<Part>,
): () => void {
  const changed = coalesce((part: Part, of) => invalidateChanged(client, keysOf(part, of)), paces);
  const hear = ({ topic, ids }: LiveMessage) => {
    for (const part of partsOf[topic]) {
      noteNews(part, keysOf(part, null), performance.now());
      changed(part, ids);
    }
  };
  const leave = joinSharedStream("/api/live", person, (word) => {
    if (word.kind === "message") return hear(word.message);
    if (word.kind === "person") return void hearPerson(word.id);
    say(word.kind === "opened" ? "live" : "broken");
    if (word.kind === "opened") for (const topic of liveTopics) hear({ topic });
    else void client.invalidateQueries({ queryKey: afterLoss });
  });
  // Its answer brings the server's time.
  const ignoreJumps = subscribeToJumps(() => void client.invalidateQueries({ queryKey: afterJump }));
  return () => {
    leave();
    ignoreJumps();
    say("joining");
  };
}
