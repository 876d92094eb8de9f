import "server-only";
import { applySignOff } from "@/lib/data/escalation-writes";
import { decideSignOff } from "@/lib/domain/escalation/transitions";
import { authorise } from "./authorise";
import { changeEscalation } from "./change-escalation";
import type { Context } from "./context";

/** The accountable role has seen that an item passed its SLA. */
export async function signOffBreach(ctx: Context, { id, version, note }: { id: string; version: number; note: string }): Promise<void> {
  const grant = await authorise(ctx, "escalation.sign-off", { kind: "escalation", id });
  await changeEscalation(ctx, grant, { id, version }, {
    decide: (item) => decideSignOff(item, { personId: grant.actor.id, now: ctx.now, note }),
    apply: applySignOff,
    after: { signedOff: true, version: version + 1, note },
  });
}
