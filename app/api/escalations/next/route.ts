import { z } from "zod";
import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { nextItem } from "@/lib/areas/escalation/read/next-item";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { respondJson } from "@/lib/kernel/act/respond";

/** `from`: the item that the reader has before them. */
export function GET(request: Request): Promise<Response> {
  return respondJson(async (ctx) => {
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    const from = z.uuid().safeParse(parameters.from).data ?? null;
    return {
      id: await nextItem(authoriseRead(ctx, "escalation.view"), listQuerySchema.parse(parameters), from, ctx.now),
    };
  });
}
