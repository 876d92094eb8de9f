/** What people do with overrides, through the use cases, with everything that does not matter to a test filled in. */
import { contentOf } from "@/lib/data/blast-radius";
import { inTransaction } from "@/lib/data/client";
import type { StoredOverride } from "@/lib/data/override-item";
import { findOverrideOf } from "@/lib/data/override-writes";
import { contentHash } from "@/lib/domain/override/content-hash";
import { approveOverride, denyOverride } from "@/lib/usecases/decide-override";
import type { Context } from "@/lib/usecases/context";
import { adviseOverride, revokeOverride, withdrawOverride } from "@/lib/usecases/end-override";
import { requestOverride } from "@/lib/usecases/request-override";
import { justification } from "./overrides";

export const findStored = (id: string): Promise<StoredOverride | null> => inTransaction((tx) => findOverrideOf(tx, id));

/** What somebody who has just opened it is shown: its version and the hash of its content. */
export async function look(id: string, now: Date): Promise<{ id: string; version: number; seenHash: string }> {
  const override = await findStored(id);
  if (!override) return { id, version: 1, seenHash: "0".repeat(64) };
  return { id, version: override.version, seenHash: contentHash(await contentOf(null, override, now)) };
}

type Asked = { owner?: string | null; escalationId?: string | null; previousId?: string | null; seconds?: number; justification?: string };
export const ask = async (ctx: Context, change: Asked = {}): Promise<string> =>
  (await requestOverride(ctx, { owner: "ana:shop", escalationId: null, previousId: null, justification, ticket: null, seconds: 3600, ...change })).id;

const unadvised = { withoutConsultation: "Production is down, there is no time." };

export const approve = async (ctx: Context, id: string, change: { seconds?: number; withoutConsultation?: string | null } = {}): Promise<void> =>
  approveOverride(ctx, { ...(await look(id, ctx.now)), seconds: 3600, note: "Checked.", ...unadvised, ...change });

export const deny = async (ctx: Context, id: string): Promise<void> => denyOverride(ctx, { ...(await look(id, ctx.now)), note: "Not without a fix.", ...unadvised });

export const advise = async (ctx: Context, id: string): Promise<void> => adviseOverride(ctx, { ...(await look(id, ctx.now)), inFavour: false, text: "Rather not." });

export const withdraw = async (ctx: Context, id: string): Promise<void> => withdrawOverride(ctx, await look(id, ctx.now));

export const revoke = async (ctx: Context, id: string): Promise<void> => revokeOverride(ctx, { ...(await look(id, ctx.now)), reason: "The cause is gone." });
