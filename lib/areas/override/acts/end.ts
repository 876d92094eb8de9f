import "server-only";
import { whyNoAdvice } from "@/lib/areas/override/domain/rights";
import { endings, revokedTells } from "@/lib/areas/override/domain/tells";
import { decideAdvice, decideRevocation, decideWithdrawal } from "@/lib/areas/override/domain/transitions";
import { contentOf } from "@/lib/areas/override/read/blast-radius";
import { authorise, turnAway } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { addEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { PersonActionId } from "@/lib/model/actions";
import { refuse, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { changeOverride, type By } from "./change-override";

type Target = { id: string; version: number };

const inOwnName = <A extends PersonActionId>(grant: Grant<A>) => async (): Promise<By<A>> => ({ grant, forId: null });

/** Takes a request of one's own back. */
export async function withdrawOverride(ctx: Context, target: Target): Promise<void> {
  const grant = await authorise(ctx, "override.withdraw", { kind: "override", id: target.id });
  await changeOverride(ctx, grant.action, inOwnName(grant), target, {
    content: (tx, override) => contentOf(tx, override, ctx.now),
    decide: (override) => decideWithdrawal(override, { personId: grant.actor.id, now: ctx.now }),
    settles: endings.end,
  });
}

/** Ends an override before its time; thegent is to honour it no more from now on. */
export async function revokeOverride(ctx: Context, { reason, ...target }: Target & { reason: string }): Promise<void> {
  const grant = await authorise(ctx, "override.revoke", { kind: "override", id: target.id });
  await changeOverride(ctx, grant.action, inOwnName(grant), target, {
    decide: (override) => decideRevocation(override, { personId: grant.actor.id, now: ctx.now, reason }),
    says: () => ({ reason }),
    tells: revokedTells,
    settles: endings.end,
    also: async (tx, { id, sourceId, owner, justification, decidedAt, expiresAt }) => {
      const payload = { owner, reason: justification, at: decidedAt!.toISOString(), expiresAt: expiresAt!.toISOString(), endAt: ctx.now.toISOString() };
      await addEffects(tx, grant, [{ subjectId: id, kind: "thegent.end-override", payload }], ctx.now);
      await scheduleDelivery(tx, grant, sourceId);
    },
  });
}

/** Recorded advice for or against, which answers the consultation; only a consulted role is asked for it. */
export async function adviseOverride(ctx: Context, { inFavour, text, ...target }: Target & { inFavour: boolean; text: string }): Promise<void> {
  const subject = { kind: "override", id: target.id };
  const grant = await authorise(ctx, "override.advise", subject);
  const because = whyNoAdvice(grant.letter, operatingModel);
  if (because) {
    await turnAway(ctx, refuse(operatingModel, grant.action, ctx.actor, because), subject);
  }
  await changeOverride(ctx, grant.action, inOwnName(grant), target, {
    decide: (override) => decideAdvice(override, { personId: grant.actor.id, now: ctx.now, text, inFavour }),
    says: () => ({ inFavour, text }),
    settles: endings.advice,
  });
}
