import { respondJson } from "@/lib/actions/respond";
import { readFindings } from "@/lib/data/finding-list";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const after = new URL(request.url).searchParams.get("after") ?? undefined;
    return readFindings(authoriseRead(ctx, "override.view"), { after }, ctx.now);
  });
}
