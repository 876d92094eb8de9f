import "server-only";
import { decideClaim } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { env } from "@/lib/kernel/env";
import { quietMinutesOf } from "@/lib/model/settings";
import { changeEscalations, throwIfRefused, type Outcome, type Target } from "./change-escalations";

/** "I work on this." Said again by who holds it, it holds longer. Acknowledges the item for all who were asked to act. */
export const claimEscalations = (ctx: Context, targets: readonly Target[]): Promise<Outcome[]> =>
  changeEscalations(ctx, "escalation.claim", targets, {
    decide: (item, by) => decideClaim(item, { ...by, quietMinutes: quietMinutesOf(env().settings) }),
    settles: "claim",
  });

export const claimEscalation = (ctx: Context, target: Target): Promise<void> => claimEscalations(ctx, [target]).then(throwIfRefused);
