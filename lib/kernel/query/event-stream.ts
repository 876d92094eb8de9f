import { liveTopics, type LiveMessage } from "@/lib/kernel/live/contract";

/** What a live stream has to say: that it was opened for whom it should be, that it is lost, whose it is if somebody else's, or a message. */
export type LiveWord =
  { kind: "opened" } | { kind: "lost" } | { kind: "person"; id: string } | { kind: "message"; message: LiveMessage };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server pings every 10 to 20 s. */
const SILENCE_MS = 30_000;

/** Milliseconds before the n-th attempt in a row (from 0): doubling, bounded, and spread out so that tabs do not return in step. */
export function waitBefore(attempt: number, chance: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + chance / 2);
}

/**
 * Keeps one server-sent event stream of `person` open, reconnecting for as long as it is not stopped. The server says first whose a stream
 * is: one that is another's, because they signed in meanwhile, is closed, and tried again later. Answers the function that stops it.
 */
export function openEventStream(url: string, person: string, on: (word: LiveWord) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  /** A connection can die without a word; the server pings, so silence is a sign. */
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(lose, SILENCE_MS);
  };
  /** EventSource gives up for good on an error status, so the reconnecting is ours in every case. */
  function lose(): void {
    source?.close();
    on({ kind: "lost" });
    clearTimeout(timer);
    timer = setTimeout(open, waitBefore(attempt++, Math.random()));
  }
  function belongs({ data: id }: MessageEvent<string>): void {
    if (id !== person) {
      on({ kind: "person", id });
      return lose();
    }
    attempt = 0;
    heard();
    on({ kind: "opened" });
  }
  function open(): void {
    source?.close();
    source = new EventSource(url);
    source.addEventListener("person", belongs);
    source.addEventListener("ping", heard);
    source.onmessage = (event: MessageEvent<string>) => {
      heard();
      const message = parse(event.data);
      if (message) on({ kind: "message", message });
    };
    source.onerror = lose;
    heard();
  }
  const hurry = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    open();
  };

  addEventListener("offline", lose);
  addEventListener("online", hurry);
  open();
  return () => {
    removeEventListener("offline", lose);
    removeEventListener("online", hurry);
    clearTimeout(timer);
    source?.close();
  };
}

function parse(text: string): LiveMessage | null {
  try {
    const message = JSON.parse(text) as Partial<LiveMessage>;
    return liveTopics.some((topic) => topic === message.topic) ? (message as LiveMessage) : null;
  } catch {
    return null;
  }
}
