import { respondJson } from "@/lib/actions/respond";
import { dutyView } from "@/lib/data/duty-view";
import { authoriseRead } from "@/lib/usecases/authorise";

export function GET(): Promise<Response> {
  return respondJson((ctx) => {
    authoriseRead(ctx, "duty.view");
    return dutyView();
  });
}
