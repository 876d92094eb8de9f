import { readJudgedRuns } from "@/lib/areas/drift/read/judged";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => readJudgedRuns(authoriseRead(ctx, "drift.view"), ctx.now));
}
