import { driftQuerySchema } from "@/lib/areas/drift/contract";
import { driftView } from "@/lib/areas/drift/read/view";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(request: Request): Promise<Response> {
  const { days } = driftQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return respondJson((ctx) => driftView(authoriseRead(ctx, "drift.view"), days, ctx.now));
}
