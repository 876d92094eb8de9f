import "server-only";
import { z } from "zod";
import type { ItemActed, ItemActInput } from "@/lib/areas/escalation/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { runAction } from "@/lib/kernel/act/run-action";
import { CockpitError } from "@/lib/kernel/errors";
import { itemActNames } from "@/lib/model/actions";
import { escalationActs } from "./escalation-acts";
import { findEscalationDetail } from "./read-escalation";

const named = z.object({ act: z.enum(itemActNames) });

/** An act on one item, by its name; answers the item as it is afterwards, so that the page need not ask again. */
export function actOnEscalation(page: PageOf, input: ItemActInput): Promise<ActionResult<ItemActed>> {
  // Read as far as the name before the input is: the door is the act's own. What names none goes by the first, and is refused there.
  const act = escalationActs[named.safeParse(input).data?.act ?? "claim"];
  return runAction(act.action, named.and(act.schema), { page, input }, async (ctx, { act: _, ...asked }) => {
    const made = await act(ctx, asked as never);
    const detail = await findEscalationDetail(authoriseRead(ctx, "escalation.view"), asked.id, ctx.now);
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    return { detail, opened: made?.id ?? null };
  });
}
