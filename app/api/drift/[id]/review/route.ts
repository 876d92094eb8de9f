import { z } from "zod";
import { readReview } from "@/lib/areas/drift/read/review";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";
import { CockpitError } from "@/lib/kernel/errors";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const id = z.uuid().safeParse((await params).id);
  return respondJson(async (ctx) => {
    const grant = authoriseRead(ctx, "drift.view");
    const review = id.success ? await readReview(grant, id.data, ctx.now) : null;
    if (!review) throw new CockpitError("NOT_FOUND", "There is no such episode of drift.");
    return review;
  });
}
