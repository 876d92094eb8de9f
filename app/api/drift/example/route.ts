import { exampleQuerySchema } from "@/lib/areas/drift/contract-views";
import { readExample } from "@/lib/areas/drift/read/examples";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";

export function GET(request: Request): Promise<Response> {
  const query = exampleQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return respondJson((ctx) => {
    const grant = authoriseRead(ctx, "drift.view");
    if (!query.success) throw new CockpitError("INVALID", "Say which lines, by their numbers.");
    return readExample(grant, query.data, ctx.now);
  });
}
