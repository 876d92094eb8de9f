import "server-only";
import { decideRelease } from "@/lib/domain/escalation/transitions";
import { changeEscalation, type Target } from "./change-escalations";
import type { Context } from "./context";

/** A claimed item goes back to the queue. */
export const releaseEscalation = (ctx: Context, target: Target): Promise<void> => changeEscalation(ctx, "escalation.release", target, { decide: decideRelease });
