import { eventsQuerySchema } from "@/lib/areas/drift/contract-views";
import { readEvents } from "@/lib/areas/drift/read/events";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";

export function GET(request: Request): Promise<Response> {
  const query = eventsQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return respondJson((ctx) => {
    const grant = authoriseRead(ctx, "drift.view");
    if (!query.success) throw new CockpitError("INVALID", "Say from when and until when, as instants in UTC.");
    return readEvents(grant, query.data, ctx.now);
  });
}
