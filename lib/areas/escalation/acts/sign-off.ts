import "server-only";
import { decideSignOff } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { changeEscalation, type Target } from "./change-escalations";

/** The accountable role has seen that an item missed its SLA. */
export const signOffBreach = (ctx: Context, { note, ...target }: Target & { note: string }): Promise<void> =>
  changeEscalation(ctx, "escalation.sign-off", target, {
    decide: (item, by) => decideSignOff(item, { ...by, note }),
    says: () => ({ signedOff: true, note }),
    settles: "sign-off",
  });
