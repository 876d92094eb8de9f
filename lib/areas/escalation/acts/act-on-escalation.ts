import "server-only";
import type { z } from "zod";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { findEscalationDetail } from "@/lib/areas/escalation/read/detail";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { runAction, type Sent } from "@/lib/kernel/act/run-action";
import { CockpitError } from "@/lib/kernel/errors";
import type { PersonActionId } from "@/lib/model/actions";

/** An act on one item; answers the item as it is afterwards, so that the page need not ask again. */
export function actOnEscalation<Schema extends z.ZodType<{ id: string }>>(
  action: PersonActionId,
  schema: Schema,
  sent: Sent,
  useCase: (ctx: Context, input: z.output<Schema>) => Promise<void>,
): Promise<ActionResult<EscalationDetail>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    const detail = await findEscalationDetail(authoriseRead(ctx, "escalation.view"), input.id, ctx.now);
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    return detail;
  });
}
