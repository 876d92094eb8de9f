import { inboxQuerySchema } from "@/lib/areas/inbox/contract";
import { readInbox } from "@/lib/areas/inbox/read/inbox";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = inboxQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return readInbox(authoriseRead(ctx, "inbox.read"), query, ctx.now);
  });
}
