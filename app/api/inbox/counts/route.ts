import { respondJson } from "@/lib/actions/respond";
import { inboxCounts } from "@/lib/data/inbox";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => inboxCounts(authoriseRead(ctx, "inbox.read"), ctx.now));
}
