import { failureResponse, newRequestId } from "@/lib/actions/respond";
import { currentPerson } from "@/lib/auth/current-person";
import { findActor } from "@/lib/data/people";
import { eventStream } from "@/lib/live/event-stream";
import { authoriseRead } from "@/lib/usecases/authorise";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const person = await currentPerson();
    authoriseRead({ actor: person }, "escalation.view");
    const { id } = person!;
    const stillWelcome = async () => (await findActor(id)) !== null;
    // no-transform: a compressing proxy would hold events back.
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
    return new Response(await eventStream(request.signal, { id, stillWelcome }), { headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
