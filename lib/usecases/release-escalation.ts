import "server-only";
import { applyRelease } from "@/lib/data/escalation-writes";
import { decideRelease } from "@/lib/domain/escalation/transitions";
import { authorise } from "./authorise";
import { changeEscalation } from "./change-escalation";
import type { Context } from "./context";

/** A claimed item goes back to the queue. */
export async function releaseEscalation(ctx: Context, target: { id: string; version: number }): Promise<void> {
  const grant = await authorise(ctx, "escalation.release", { kind: "escalation", id: target.id });
  await changeEscalation(ctx, grant, target, {
    decide: decideRelease,
    apply: applyRelease,
    after: { status: "open", version: target.version + 1 },
  });
}
