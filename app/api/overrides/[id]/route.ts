import { z } from "zod";
import { respondJson } from "@/lib/actions/respond";
import { findOverrideDetail } from "@/lib/data/override-detail";
import { CockpitError } from "@/lib/errors";
import { authoriseRead } from "@/lib/usecases/authorise";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const id = z.uuid().safeParse((await params).id);
  return respondJson(async (ctx) => {
    const grant = authoriseRead(ctx, "override.view");
    const detail = id.success ? await findOverrideDetail(grant, id.data, ctx.now) : null;
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such override.");
    return detail;
  });
}
