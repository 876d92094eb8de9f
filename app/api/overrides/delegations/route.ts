import { listDelegationsView } from "@/lib/areas/override/read/delegations";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => listDelegationsView(authoriseRead(ctx, "override.view"), ctx.now));
}
