import { readFindings } from "@/lib/areas/override/read/finding-list";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const after = new URL(request.url).searchParams.get("after") ?? undefined;
    return readFindings(authoriseRead(ctx, "override.view"), { after }, ctx.now);
  });
}
