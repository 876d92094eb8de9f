import "server-only";
import { log } from "@/lib/kernel/log";
import { currentPerson } from "@/lib/kernel/session/current-person";
import { systemClock } from "@/lib/kernel/time";
import type { Context } from "./context";
import { failureResponse, newRequestId } from "./respond";

/** A file as it is to be saved: its name in plain ASCII, and its text in pieces. */
export type FileToSend = { name: string; type: string; pieces: AsyncGenerator<string, void> };

/**
 * A GET handler whose answer is a file, sent piece by piece as it is read and no faster than it is taken. What goes wrong before the first
 * piece is an answer with its status; later the connection is broken off, so that what came cannot be taken for the whole.
 */
export async function respondFile(open: (ctx: Context) => Promise<FileToSend>): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { name, type, pieces } = await open({ actor: await currentPerson(), now: systemClock(), requestId });
    const first = await pieces.next();
    const headers = {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    };
    return new Response(streamOf(first, pieces, requestId), { headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

export function streamOf(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
  requestId: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        // An empty piece would ask for the next one without an end.
        let piece = next ?? (await rest.next());
        next = null;
        while (!piece.done && !piece.value) piece = await rest.next();
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      } catch (error) {
        log.error({ err: error, requestId }, "a file broke off");
        controller.error(error);
      }
    },
    async cancel() {
      await rest.return();
    },
  });
}
