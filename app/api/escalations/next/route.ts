import { z } from "zod";
import { respondJson } from "@/lib/actions/respond";
import { listQuerySchema } from "@/lib/contracts/escalations";
import { nextItem } from "@/lib/data/next-item";
import { authoriseRead } from "@/lib/usecases/authorise";

/** `from`: the item that the reader has before them. */
export function GET(request: Request): Promise<Response> {
  return respondJson(async (ctx) => {
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    const from = z.uuid().safeParse(parameters.from).data ?? null;
    return { id: await nextItem(authoriseRead(ctx, "escalation.view"), listQuerySchema.parse(parameters), from, ctx.now) };
  });
}
