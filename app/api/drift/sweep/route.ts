import { sweepView } from "@/lib/areas/drift/read/sweeps";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => sweepView(authoriseRead(ctx, "drift.view"), ctx.actor, ctx.now));
}
