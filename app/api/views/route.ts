import { respondJson } from "@/lib/actions/respond";
import { listViews } from "@/lib/data/list-views";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => listViews(authoriseRead(ctx, "escalation.view")));
}
