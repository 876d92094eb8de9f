import { z } from "zod";
import { respondJson } from "@/lib/actions/respond";
import { findEscalationDetail } from "@/lib/data/escalation-detail";
import { CockpitError } from "@/lib/errors";
import { authoriseRead } from "@/lib/usecases/authorise";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const id = z.uuid().safeParse((await params).id);
  return respondJson(async (ctx) => {
    const grant = authoriseRead(ctx, "escalation.view");
    const detail = id.success ? await findEscalationDetail(grant, id.data, ctx.now) : null;
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    return detail;
  });
}
