import "server-only";
import { applyClaim } from "@/lib/data/escalation-writes";
import { decideClaim } from "@/lib/domain/escalation/transitions";
import { authorise } from "./authorise";
import { changeEscalation } from "./change-escalation";
import type { Context } from "./context";

/** "I work on this." */
export async function claimEscalation(ctx: Context, target: { id: string; version: number }): Promise<void> {
  const grant = await authorise(ctx, "escalation.claim", { kind: "escalation", id: target.id });
  await changeEscalation(ctx, grant, target, {
    decide: (item) => decideClaim(item, { personId: grant.actor.id, now: ctx.now }),
    apply: applyClaim,
    after: { status: "claimed", version: target.version + 1 },
  });
}
