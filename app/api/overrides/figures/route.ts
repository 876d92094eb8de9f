import { overrideQuerySchema } from "@/lib/areas/override/contract";
import { overrideFigures } from "@/lib/areas/override/read/figures";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

/** Over the requests from the UTC day `from` until before `to`; either may be left out. */
export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const span = overrideQuerySchema
      .pick({ from: true, to: true })
      .parse(Object.fromEntries(new URL(request.url).searchParams));
    return overrideFigures(authoriseRead(ctx, "override.view"), span);
  });
}
