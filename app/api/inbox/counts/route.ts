import { inboxCounts } from "@/lib/areas/inbox/read/inbox";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => inboxCounts(authoriseRead(ctx, "inbox.read"), ctx.now));
}
