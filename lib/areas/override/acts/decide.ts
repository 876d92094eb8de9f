import "server-only";
import type { z } from "zod";
import { closeOverridden } from "@/lib/areas/escalation/port";
import type { approveOverrideSchema, denyOverrideSchema } from "@/lib/areas/override/contract";
import { contentHash } from "@/lib/areas/override/domain/content-hash";
import type { Override } from "@/lib/areas/override/domain/override";
import { decidedTells, endings } from "@/lib/areas/override/domain/tells";
import { decideApproval, decideDenial } from "@/lib/areas/override/domain/transitions";
import { contentOf } from "@/lib/areas/override/read/blast-radius";
import { heldDelegationFor } from "@/lib/areas/override/read/delegations";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, type NewEffect } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import { decide, grantDelegate, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { ttlSecondsOf } from "@/lib/model/settings";
import { changeOverride, type By } from "./change-override";

/** Approves: thegent is to honour it from now, and the escalation it was asked from is overridden. */
export async function approveOverride(ctx: Context, { id, version, seconds, note, seenHash, withoutConsultation }: z.output<typeof approveOverrideSchema>): Promise<void> {
  const ttlSeconds = ttlSecondsOf(env().settings);
  await changeOverride(ctx, "override.decide", deciderOf(ctx), { id, version }, {
    content: (tx, override) => contentOf(tx, override, ctx.now),
    decide: (override, content, forId) =>
      decideApproval(override, { personId: ctx.actor!.id, forId, now: ctx.now, seconds, note, withoutConsultation, ttlSeconds, seenHash, contentHash: contentHash(content!) }),
    says: (next) => ({ note, seconds, expiresAt: next.expiresAt?.toISOString() ?? null, contentHash: next.contentHash, forId: next.decidedForId, withoutConsultation: next.withoutConsultation }),
    tells: decidedTells,
    settles: endings.decision,
    also: (tx, override, next, grant) => putInForce(tx, ctx, grant, override, next),
  });
}

/** Denies, with a reason; the escalation stays as it is. */
export async function denyOverride(ctx: Context, { id, version, note, withoutConsultation }: z.output<typeof denyOverrideSchema>): Promise<void> {
  await changeOverride(ctx, "override.decide", deciderOf(ctx), { id, version }, {
    content: (tx, override) => contentOf(tx, override, ctx.now),
    decide: (override, _content, forId) => decideDenial(override, { personId: ctx.actor!.id, forId, now: ctx.now, note, withoutConsultation }),
    says: (next) => ({ note, forId: next.decidedForId, withoutConsultation: next.withoutConsultation }),
    tells: decidedTells,
    settles: endings.decision,
  });
}

/** Who is accountable decides; or their delegate, by a delegation that holds until the decision is written. Everybody else is refused. */
const deciderOf = ({ actor, now }: Context) => async (tx: Tx, override: StoredOverride | null): Promise<By<"override.decide">> => {
  const decision = decide(operatingModel, "override.decide", actor);
  if (decision.allowed) return { grant: decision.grant, forId: null };
  const delegation = actor && (await heldDelegationFor(tx, actor, override?.requestedById ?? null, now));
  return delegation ? { grant: grantDelegate(operatingModel, "override.decide", actor, delegation), forId: delegation.fromId } : { because: decision.because };
};

/** thegent's file is to hold it, then its run is to be closed there as overridden. */
async function putInForce(tx: Tx, ctx: Context, grant: Grant<"override.decide">, override: StoredOverride, next: Override): Promise<void> {
  const { owner, justification, escalationId, sourceId } = override;
  const effects: NewEffect[] = [
    { subjectId: override.id, kind: "thegent.override", payload: { owner, reason: justification, at: ctx.now.toISOString(), expiresAt: next.expiresAt!.toISOString() } },
  ];
  if (escalationId) effects.push(...(await closeOverridden(tx, ctx, grant, escalationId, { overrideId: override.id, note: next.decisionNote ?? "" })));
  await addEffects(tx, grant, effects, ctx.now);
  await scheduleDelivery(tx, grant, sourceId);
}
