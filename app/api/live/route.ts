import { authoriseRead } from "@/lib/kernel/act/authorise";
import { failureResponse, newRequestId } from "@/lib/kernel/act/respond";
import { eventStream } from "@/lib/kernel/live/event-stream";
import { currentSession } from "@/lib/kernel/session/current-person";
import { findSession } from "@/lib/kernel/session/find-session";
import { systemClock } from "@/lib/kernel/time";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const session = await currentSession();
    authoriseRead({ actor: session?.person ?? null }, "escalation.view");
    const { id, endsAt, person } = session!;
    const stillWelcome = async () =>
      decide(operatingModel, "escalation.view", (await findSession(id, systemClock()))?.person ?? null).allowed;
    // no-transform: a compressing proxy would hold events back.
    const headers = {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    };
    return new Response(await eventStream(request.signal, { id: person.id, until: endsAt, stillWelcome }), { headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
