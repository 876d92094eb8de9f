import "server-only";
import { decideRelease } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { changeEscalation, type Target } from "./change-escalations";

/** A claimed item goes back to the queue. */
export const releaseEscalation = (ctx: Context, target: Target): Promise<void> => changeEscalation(ctx, "escalation.release", target, { decide: decideRelease });
