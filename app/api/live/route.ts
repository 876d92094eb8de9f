import { failureResponse, newRequestId } from "@/lib/actions/respond";
import { currentSession } from "@/lib/auth/current-person";
import { systemClock } from "@/lib/clock";
import { findSession } from "@/lib/data/find-session";
import { decide } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { eventStream } from "@/lib/live/event-stream";
import { authoriseRead } from "@/lib/usecases/authorise";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const session = await currentSession();
    authoriseRead({ actor: session?.person ?? null }, "escalation.view");
    const { id, endsAt, person } = session!;
    const stillWelcome = async () => decide(operatingModel, "escalation.view", (await findSession(id, systemClock()))?.person ?? null).allowed;
    // no-transform: a compressing proxy would hold events back.
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
    return new Response(await eventStream(request.signal, { id: person.id, until: endsAt, stillWelcome }), { headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
