import { respondJson } from "@/lib/actions/respond";
import { sourceView } from "@/lib/data/source-view";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => sourceView(authoriseRead(ctx, "source.view"), ctx.now));
}
