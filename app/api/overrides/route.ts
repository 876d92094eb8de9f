import { respondJson } from "@/lib/actions/respond";
import { overrideQuerySchema } from "@/lib/contracts/overrides";
import { listOverrides } from "@/lib/data/override-list";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = overrideQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listOverrides(authoriseRead(ctx, "override.view"), query, ctx.now);
  });
}
