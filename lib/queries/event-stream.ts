import { liveTopics, type LiveMessage } from "@/lib/contracts/live";

/** What a live stream has to say: that it was opened just now, how it is, or a message. */
export type LiveWord = { kind: "opened" } | { kind: "state"; live: boolean } | { kind: "message"; message: LiveMessage };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server pings every 20 s. */
const SILENCE_MS = 50_000;

/** Milliseconds before the n-th attempt in a row (from 0): doubling, bounded, and spread out so that tabs do not return in step. */
export function waitBefore(attempt: number, chance: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + chance / 2);
}

/** Keeps one server-sent event stream open, reconnecting for as long as it is not stopped. Answers the function that stops it. */
export function openEventStream(url: string, on: (word: LiveWord) => void): () => void {
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
    on({ kind: "state", live: false });
    clearTimeout(timer);
    timer = setTimeout(open, waitBefore(attempt++, Math.random()));
  }
  function open(): void {
    source?.close();
    source = new EventSource(url);
    source.onopen = () => {
      attempt = 0;
      heard();
      on({ kind: "opened" });
    };
    source.onmessage = (event: MessageEvent<string>) => {
      heard();
      const message = parse(event.data);
      if (message) on({ kind: "message", message });
    };
    source.addEventListener("ping", heard);
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
