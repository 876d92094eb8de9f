import { respondJson } from "@/lib/actions/respond";
import { overrideCounts } from "@/lib/data/override-list";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => overrideCounts(authoriseRead(ctx, "override.view"), ctx.now));
}
