import { respondJson } from "@/lib/actions/respond";
import { overrideQuerySchema } from "@/lib/contracts/overrides";
import { overrideFigures } from "@/lib/data/override-figures";
import { authoriseRead } from "@/lib/usecases/authorise";

/** Over the requests from the UTC day `from` until before `to`; either may be left out. */
export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const span = overrideQuerySchema.pick({ from: true, to: true }).parse(Object.fromEntries(new URL(request.url).searchParams));
    return overrideFigures(authoriseRead(ctx, "override.view"), span);
  });
}
