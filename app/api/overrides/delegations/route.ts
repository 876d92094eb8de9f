import { respondJson } from "@/lib/actions/respond";
import { listDelegationsView } from "@/lib/data/delegations";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => listDelegationsView(authoriseRead(ctx, "override.view"), ctx.now));
}
