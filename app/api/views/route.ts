import { listViews } from "@/lib/areas/escalation/read/views";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => listViews(authoriseRead(ctx, "escalation.view")));
}
