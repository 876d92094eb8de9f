import { respondJson } from "@/lib/actions/respond";
import { listQuerySchema } from "@/lib/contracts/escalations";
import { listEscalations } from "@/lib/data/escalation-list";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(request: Request): Promise<Response> {
  return respondJson((ctx) => {
    const query = listQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listEscalations(authoriseRead(ctx, "escalation.view"), query, ctx.now);
  });
}
