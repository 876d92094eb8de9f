import "server-only";
import type { z } from "zod";
import type { ActionResult } from "@/lib/contracts/action-result";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { findEscalationDetail } from "@/lib/data/escalation-detail";
import type { PersonActionId } from "@/lib/domain/operating-model/actions";
import { CockpitError } from "@/lib/errors";
import { authoriseRead } from "@/lib/usecases/authorise";
import type { Context } from "@/lib/usecases/context";
import { runAction, type Sent } from "./run-action";

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
