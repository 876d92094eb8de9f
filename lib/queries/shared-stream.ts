import { openEventStream, type LiveWord } from "./event-stream";

const NAME = "cockpit-live";

/**
 * One live stream per browser: the tab that holds the lock has the connection and tells the others; when it closes, the next one takes
 * over. Browsers allow six connections per host on HTTP/1.1, which a night's worth of tabs would otherwise use up. Where locks or
 * channels are missing (no secure context), every tab opens its own. Answers the function that leaves.
 */
export function joinSharedStream(url: string, on: (word: LiveWord) => void): () => void {
  if (!("locks" in navigator) || typeof BroadcastChannel === "undefined") return openEventStream(url, on);

  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  let live: boolean | undefined;

  channel.onmessage = ({ data }: MessageEvent<LiveWord | "hello">) => {
    if (data !== "hello") return on(data);
    // A tab that has just opened asks how things are; only the one with the connection knows.
    if (live !== undefined) channel.postMessage({ kind: "state", live } satisfies LiveWord);
  };
  const lead = () =>
    new Promise<void>((release) => {
      // The lock may have been given in the very moment we left.
      if (leaving.signal.aborted) return release();
      const stop = openEventStream(url, (word) => {
        if (word.kind !== "message") live = word.kind === "opened" || word.live;
        on(word);
        channel.postMessage(word);
      });
      leaving.signal.addEventListener("abort", () => {
        stop();
        release();
      });
    });
  // Rejects only because we left while waiting for the lock.
  navigator.locks.request(NAME, { signal: leaving.signal }, lead).catch(() => undefined);
  channel.postMessage("hello" satisfies "hello");
  return () => {
    leaving.abort();
    channel.close();
  };
}
