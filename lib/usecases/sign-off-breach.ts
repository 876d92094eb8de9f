import "server-only";
import { decideSignOff } from "@/lib/domain/escalation/transitions";
import { changeEscalation, type Target } from "./change-escalations";
import type { Context } from "./context";

/** The accountable role has seen that an item missed its SLA. */
export const signOffBreach = (ctx: Context, { note, ...target }: Target & { note: string }): Promise<void> =>
  changeEscalation(ctx, "escalation.sign-off", target, {
    decide: (item, by) => decideSignOff(item, { ...by, note }),
    says: () => ({ signedOff: true, note }),
    settles: "sign-off",
  });
