import "server-only";
import { decideClaim } from "@/lib/domain/escalation/transitions";
import { quietMinutesOf } from "@/lib/domain/operating-model/settings";
import { env } from "@/lib/env";
import { changeEscalations, throwIfRefused, type Outcome, type Target } from "./change-escalations";
import type { Context } from "./context";

/** "I work on this." Said again by who holds it, it holds longer. Acknowledges the item for all who were asked to act. */
export const claimEscalations = (ctx: Context, targets: readonly Target[]): Promise<Outcome[]> =>
  changeEscalations(ctx, "escalation.claim", targets, {
    decide: (item, by) => decideClaim(item, { ...by, quietMinutes: quietMinutesOf(env().settings) }),
    settles: "claim",
  });

export const claimEscalation = (ctx: Context, target: Target): Promise<void> => claimEscalations(ctx, [target]).then(throwIfRefused);
