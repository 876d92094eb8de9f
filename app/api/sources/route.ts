import { sourceView } from "@/lib/areas/source/read/view";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => sourceView(authoriseRead(ctx, "source.view"), ctx.now));
}
