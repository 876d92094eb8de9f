import { respondJson } from "@/lib/actions/respond";
import { inboxQuerySchema } from "@/lib/contracts/notices";
import { readInbox } from "@/lib/data/inbox";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = inboxQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return readInbox(authoriseRead(ctx, "inbox.read"), query, ctx.now);
  });
}
