import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => queueSummary(authoriseRead(ctx, "escalation.view"), ctx.now));
}
