import { z } from "zod";
import { findEpisodeDetail } from "@/lib/areas/drift/acts/read-episode";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const id = z.uuid().safeParse((await params).id);
  return respondJson(async (ctx) => {
    const grant = authoriseRead(ctx, "drift.view");
    const detail = id.success ? await findEpisodeDetail(grant, id.data, ctx.now) : null;
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such episode of drift.");
    return detail;
  });
}
