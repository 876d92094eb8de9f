import { overrideQuerySchema } from "@/lib/areas/override/contract";
import { listOverrides } from "@/lib/areas/override/read/list";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = overrideQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listOverrides(authoriseRead(ctx, "override.view"), query, ctx.now);
  });
}
