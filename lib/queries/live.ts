import { focusManager, type QueryClient } from "@tanstack/react-query";
import { liveTopics, type LiveMessage, type LiveTopic } from "@/lib/contracts/live";
import { coalesce, type Changed, type Pace } from "./coalesce";
import { keys } from "./options";
import { hearPerson } from "./page-owner";
import { subscribeToJumps } from "./server-clock";
import { joinSharedStream } from "./shared-stream";

/** "joining" until the first word: nothing is known to be wrong yet. */
export type LiveState = "joining" | "live" | "broken";

type Key = readonly unknown[];

/** Soon: what one waits for. Later: what every line of thegent's changes, and what only counts; it is read after what is looked at. */
const soon: Pace = { breathMs: 15, restMs: 100 };
const later: Pace = { breathMs: 200, restMs: 1_000 };

/** The parts of a page that are read again, how, and which keys they are; `changed`: of their things. */
const parts = {
  queue: { pace: soon, keys: (changed: Changed): Key[] => [keys.lists, ...(changed ? [...changed].map(keys.detail) : [keys.details])] },
  items: { pace: soon, keys: () => [keys.details] },
  overrides: { pace: soon, keys: () => [keys.overrides] },
  inbox: { pace: soon, keys: () => [keys.inboxes] },
  duty: { pace: soon, keys: () => [keys.duty] },
  figures: { pace: later, keys: () => [keys.summary] },
  unread: { pace: later, keys: () => [keys.inboxCounts] },
  files: { pace: later, keys: () => [keys.sources, keys.overrides] },
} satisfies Record<string, { pace: Pace; keys: (changed: Changed) => readonly Key[] }>;

export type Part = keyof typeof parts;

export const paces = Object.fromEntries(Object.entries(parts).map(([part, { pace }]) => [part, pace])) as Record<Part, Pace>;

/**
 * What a change makes old. An item says whom it would reach at this moment, so a change of duty makes it old too, and names its overrides. What
 * lies in thegent's files is part of an override.
 */
export const partsOf: Readonly<Record<LiveTopic, readonly Part[]>> = {
  escalations: ["queue", "figures"],
  overrides: ["overrides", "items"],
  notices: ["inbox", "unread"],
  duty: ["duty", "items"],
  sources: ["files", "figures"],
};

/** When news of a part were last heard, by the browser's own watch. */
const heardAt = new Map<Part, number>();

/** A page that the server drew is no longer on its way than this. */
const travelMs = 30_000;

/**
 * What the server has drawn is here. News that came while it was on its way made nothing old that was not here yet: where there were any of late,
 * it is read once more.
 */
export async function readWhatCameMeanwhile(client: QueryClient, drawn: readonly Key[], now: number): Promise<void> {
  const heard = [...heardAt].flatMap(([part, at]) => (now - at < travelMs ? parts[part].keys(null) : []));
  const old = drawn.filter((key) => heard.some((beginning) => beginning.every((word, place) => key[place] === word)));
  await Promise.all(old.map((key) => readAgain(client, key)));
}

/** News of a part are heard. */
export function noteNews(part: Part, now: number): void {
  heardAt.set(part, now);
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
export async function invalidateChanged(client: QueryClient, part: Part, changed: Changed): Promise<void> {
  await Promise.all(parts[part].keys(changed).map((queryKey) => readAgain(client, queryKey)));
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
  const changed = coalesce((part: Part, of) => invalidateChanged(client, part, of), paces);
  const hear = ({ topic, ids }: LiveMessage) => {
    for (const part of partsOf[topic]) {
      noteNews(part, performance.now());
      changed(part, ids);
    }
  };
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
