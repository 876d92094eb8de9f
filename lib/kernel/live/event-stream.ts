import "server-only";
import { CockpitError } from "@/lib/kernel/errors";
import { systemClock } from "@/lib/kernel/time";
import type { AccessMessage, HubMessage, LiveMessage } from "./contract";
import { liveHub } from "./hub";
import { countIn } from "./stream-count";

/** Proxies cut connections that stay silent; and a browser that hears no ping knows that its stream is dead (lib/kernel/query/event-stream.ts). */
const pingMs = 20_000;
/** Messages kept for a slow reader. */
const mostWaiting = 1000;

export type Reader = {
  /** The person's. */
  id: string;
  /** When their session is over at the latest. */
  until: Date;
  /** Asked before the stream begins, whenever their access may have changed, when their session is over, and at each ping: "no" ends the stream. */
  stillWelcome(): Promise<boolean>;
};

/**
 * Server-sent events of what changed, until the reader goes, is welcome no more, or the database is lost. Resolves once nothing later
 * can be missed. Refuses: RATE_LIMITED, the person has too many streams; UNAUTHENTICATED, they were not welcome any more by then.
 */
export async function eventStream(signal: AbortSignal, reader: Reader): Promise<ReadableStream<Uint8Array>> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const ending = new AbortController();
  const end = () => ending.abort();
  const atEnd = (undo: () => void) => (ending.signal.aborted ? undo() : ending.signal.addEventListener("abort", undo));
  const send = sendingTo(writer, end);
  atEnd(countIn(reader.id));
  atEnd(() => void writer.close().catch(() => {}));
  signal.addEventListener("abort", end);
  atEnd(() => signal.removeEventListener("abort", end));
  if (signal.aborted) end();
  writer.closed.catch(end);
  let begun = false;
  try {
    const access = watchAccess(reader, end);
    atEnd(access.stop);
    const hear = (message: HubMessage) => {
      if (message.topic === "access") return access.hear(message);
      const own = messageFor(reader.id, message);
      // What is heard before it has begun the page reads for itself, as it does all, once it has.
      if (own && begun) send(`data: ${JSON.stringify(own)}\n\n`);
    };
    atEnd(await liveHub().subscribe({ hear, lost: end }));
    // What ended while the stream was being made was heard by nobody.
    if (!(await reader.stillWelcome()))
      throw new CockpitError("UNAUTHENTICATED", "Your session has ended. Sign in again.");
    const ping = setInterval(
      () => void access.ask().then((welcome) => welcome && send("event: ping\ndata:\n\n")),
      pingMs,
    );
    atEnd(() => clearInterval(ping));
  } catch (error) {
    end();
    throw error;
  }
  begun = true;
  // First of all whose it is: a page that was drawn for somebody else must not listen.
  send(`event: person\ndata: ${reader.id}\n\n`);
  return readable;
}

function sendingTo(writer: WritableStreamDefaultWriter<Uint8Array>, end: () => void): (text: string) => void {
  const encoder = new TextEncoder();
  return (text) => {
    // A reader that takes nothing any more is not waited for.
    if ((writer.desiredSize ?? 0) < -mostWaiting) return end();
    writer.write(encoder.encode(text)).catch(end);
  };
}

/** Asks anew whenever the reader's access may have ended, and ends what they read once it has; also when nobody can say. */
function watchAccess({ id, until, stillWelcome }: Reader, end: () => void) {
  const ask = async (): Promise<boolean> => {
    const welcome = await stillWelcome().catch(() => false);
    if (!welcome) end();
    return welcome;
  };
  const over = setTimeout(() => void ask(), until.getTime() - systemClock().getTime());
  return {
    ask,
    hear: ({ ids }: AccessMessage): void => void ((!ids || ids.includes(id)) && ask()),
    stop: () => clearTimeout(over),
  };
}

/** What this person hears of a message; null: nothing. Whose inbox changed is nobody else's business. */
function messageFor(personId: string, message: LiveMessage): LiveMessage | null {
  if (message.topic !== "notices") return message;
  return !message.ids || message.ids.includes(personId) ? { topic: "notices" } : null;
}
