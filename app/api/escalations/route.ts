import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { listEscalations } from "@/lib/areas/escalation/read/list";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = listQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listEscalations(authoriseRead(ctx, "escalation.view"), query, ctx.now);
  });
}
