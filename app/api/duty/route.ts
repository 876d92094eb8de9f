import { dutyView } from "@/lib/areas/duty/read/view";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

export function GET(): Promise<Response> {
  return respondJson((ctx) => {
    authoriseRead(ctx, "duty.view");
    return dutyView();
  });
}
