import "server-only";
import type { LiveMessage } from "@/lib/contracts/live";
import { liveHub } from "./hub";

/** Proxies cut connections that stay silent; and a browser that hears no ping knows that its stream is dead (lib/queries/event-stream.ts). */
const pingMs = 20_000;
/** Messages kept for a slow reader. */
const mostWaiting = 1000;

export type Reader = {
  /** The person's. */
  id: string;
  /** Asked at each ping: a session that ended or a person who was disabled hears no more. */
  stillWelcome(): Promise<boolean>;
};

/** Server-sent events of what changed, until the reader goes or the database is lost. Resolves once nothing later can be missed. */
export async function eventStream(signal: AbortSignal, reader: Reader): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const ending = new AbortController();
  const end = () => ending.abort();
  const send = (text: string) => {
    // A reader that takes nothing any more is not waited for.
    if ((writer.desiredSize ?? 0) < -mostWaiting) return end();
    writer.write(encoder.encode(text)).catch(end);
  };

  const hear = (message: LiveMessage) => {
    const own = messageFor(reader.id, message);
    if (own) send(`data: ${JSON.stringify(own)}\n\n`);
  };
  const unsubscribe = await liveHub().subscribe({ hear, lost: end });
  const ping = setInterval(() => void reader.stillWelcome().then((welcome) => (welcome ? send("event: ping\ndata:\n\n") : end()), end), pingMs);
  ending.signal.addEventListener("abort", () => {
    clearInterval(ping);
    unsubscribe();
    signal.removeEventListener("abort", end);
    writer.close().catch(() => {});
  });
  signal.addEventListener("abort", end);
  writer.closed.catch(end);
  // First of all whose it is: a page that was drawn for somebody else must not listen.
  send(`event: person\ndata: ${reader.id}\n\n`);
  return readable;
}

/** What this person hears of a message; null: nothing. Whose inbox changed is nobody else's business. */
function messageFor(personId: string, message: LiveMessage): LiveMessage | null {
  if (message.topic !== "notices") return message;
  return !message.ids || message.ids.includes(personId) ? { topic: "notices" } : null;
}
