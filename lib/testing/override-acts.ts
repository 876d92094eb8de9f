/** What people do with overrides, through the use cases, with everything that does not matter to a test filled in. */
import { adviseOverride } from "@/lib/areas/override/acts/advise";
import { approveOverride } from "@/lib/areas/override/acts/approve";
import { denyOverride } from "@/lib/areas/override/acts/deny";
import { requestOverride } from "@/lib/areas/override/acts/request";
import { revokeOverride } from "@/lib/areas/override/acts/revoke";
import { withdrawOverride } from "@/lib/areas/override/acts/withdraw";
import type { Context } from "@/lib/kernel/act/context";
import { findStored, look } from "@/prisma/seed/override-scene";
import { justification } from "./overrides";

export { findStored, look };

type Asked = {
  owner?: string | null;
  escalationId?: string | null;
  previousId?: string | null;
  seconds?: number;
  justification?: string;
};
export const ask = async (ctx: Context, change: Asked = {}): Promise<string> =>
  (
    await requestOverride(ctx, {
      owner: "ana:shop",
      escalationId: null,
      previousId: null,
      justification,
      ticket: null,
      seconds: 3600,
      ...change,
    })
  ).id;

const unadvised = { withoutConsultation: "Production is down, there is no time." };

export const approve = async (
  ctx: Context,
  id: string,
  change: { seconds?: number; withoutConsultation?: string | null } = {},
): Promise<void> =>
  approveOverride(ctx, { ...(await look(id, ctx.now)), seconds: 3600, note: "Checked.", ...unadvised, ...change });

export const deny = async (ctx: Context, id: string): Promise<void> =>
  denyOverride(ctx, { ...(await look(id, ctx.now)), note: "Not without a fix.", ...unadvised });

export const advise = async (ctx: Context, id: string): Promise<void> =>
  adviseOverride(ctx, { ...(await look(id, ctx.now)), inFavour: "against", text: "Rather not." });

export const withdraw = async (ctx: Context, id: string): Promise<void> =>
  withdrawOverride(ctx, await look(id, ctx.now));

export const revoke = async (ctx: Context, id: string): Promise<void> =>
  revokeOverride(ctx, { ...(await look(id, ctx.now)), reason: "The cause is gone." });
