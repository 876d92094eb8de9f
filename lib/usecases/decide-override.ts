import "server-only";
import type { z } from "zod";
import type { approveOverrideSchema, denyOverrideSchema } from "@/lib/contracts/overrides";
import { contentOf } from "@/lib/data/blast-radius";
import type { Tx } from "@/lib/data/client";
import { heldDelegationFor } from "@/lib/data/delegations";
import { addEffects, type NewEffect } from "@/lib/data/effects";
import { findEscalations } from "@/lib/data/escalation-writes";
import { scheduleDelivery } from "@/lib/data/outbox";
import type { StoredOverride } from "@/lib/data/override-item";
import { thegentWordFor } from "@/lib/domain/escalation/escalation";
import { paths } from "@/lib/domain/escalation/paths";
import { tellsOfTime } from "@/lib/domain/escalation/tells";
import { decideOverridden } from "@/lib/domain/escalation/transitions";
import { decide, grantDelegate, type Grant } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { ttlSecondsOf } from "@/lib/domain/operating-model/settings";
import { contentHash } from "@/lib/domain/override/content-hash";
import type { Override } from "@/lib/domain/override/override";
import { decidedTells, endings } from "@/lib/domain/override/tells";
import { decideApproval, decideDenial } from "@/lib/domain/override/transitions";
import { env } from "@/lib/env";
import { CockpitError } from "@/lib/errors";
import { applyChanges } from "./apply-changes";
import { doneEvent } from "./authorise";
import { changeOverride, type By } from "./change-override";
import type { Context } from "./context";
import { timeEvents } from "./time-events";

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
    { overrideId: override.id, kind: "thegent.override", payload: { owner, reason: justification, at: ctx.now.toISOString(), expiresAt: next.expiresAt!.toISOString() } },
  ];
  const item = escalationId ? (await findEscalations(tx, [escalationId])).get(escalationId) : undefined;
  const closing = item && decideOverridden(item, { personId: grant.actor.id, now: ctx.now, note: next.decisionNote ?? "" });
  if (item && closing?.ok) {
    const event = doneEvent(grant, ctx, { kind: "escalation", id: item.id }, { status: item.status, version: item.version }, { status: "overridden", version: item.version + 1, overrideId: override.id });
    const heard = tellsOfTime(closing.overdue, paths[item.path].activity);
    const saved = await applyChanges(tx, [{ grant, change: { before: item, next: closing.next }, tells: [], heard, settles: "close", events: [...timeEvents(item, closing.overdue, ctx), event] }], ctx.now);
    if (!saved.size) throw new CockpitError("CONFLICT", "The escalation was changed at the same moment. Look at its new state, then decide again.");
    effects.push({ escalationId: item.id, kind: "thegent.resolve", payload: { runId: item.subject, word: thegentWordFor.overridden, at: ctx.now.toISOString() } });
  }
  await addEffects(tx, grant, effects, ctx.now);
  await scheduleDelivery(tx, grant, sourceId);
}
