import "server-only";
import type { LiveMessage } from "@/lib/contracts/live";
import { liveHub } from "./hub";

/** Proxies cut connections that stay silent; and a browser that hears no ping knows that its stream is dead (lib/queries/event-stream.ts). */
const pingMs = 20_000;

/**
 * Server-sent events of what changed, until the reader goes. `stillWelcome` is asked at each ping: a session that ended or a
 * person who was disabled hears no more.
 */
export function eventStream(signal: AbortSignal, stillWelcome: () => Promise<boolean>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = liveHub().subscribe((message: LiveMessage) => send(`data: ${JSON.stringify(message)}\n\n`));
      const ping = setInterval(() => {
        stillWelcome()
          .catch(() => true) // the database may be away for a moment; that is not the reader's fault
          .then((welcome) => (welcome ? send("event: ping\ndata:\n\n") : end()))
          .catch(() => stop());
      }, pingMs);
      const end = () => {
        stop();
        controller.close();
      };
      stop = () => {
        clearInterval(ping);
        unsubscribe();
        signal.removeEventListener("abort", stop);
      };
      signal.addEventListener("abort", stop);
      send("retry: 1000\n\n: hello\n\n");
    },
    cancel: () => stop(),
  });
}
