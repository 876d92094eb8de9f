import { respondJson } from "@/lib/actions/respond";
import { queueSummary } from "@/lib/data/queue-summary";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => queueSummary(authoriseRead(ctx, "escalation.view"), ctx.now));
}
