import { overrideCounts } from "@/lib/areas/override/read/list";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => overrideCounts(authoriseRead(ctx, "override.view"), ctx.now));
}
