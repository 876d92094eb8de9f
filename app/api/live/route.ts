import { respondJson } from "@/lib/actions/respond";
import { currentPerson } from "@/lib/auth/current-person";
import { findActor } from "@/lib/data/people";
import { eventStream } from "@/lib/live/event-stream";
import { authoriseRead } from "@/lib/usecases/authorise";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const person = await currentPerson();
  if (!person) return respondJson(async (ctx) => authoriseRead(ctx, "escalation.view"));
  const stillWelcome = async () => (await findActor(person.id)) !== null;
  return new Response(eventStream(request.signal, stillWelcome), {
    // no-transform: a compressing proxy would hold events back.
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
  });
}
