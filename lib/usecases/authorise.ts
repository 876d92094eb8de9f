import "server-only";
import { appendAuditAll } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import type { Plain, AuditEvent } from "@/lib/domain/chain/audit-event";
import type { ActionId, PersonActionId } from "@/lib/domain/operating-model/actions";
import { decide, type Grant, type OfPath } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { CockpitError } from "@/lib/errors";
import type { Context } from "./context";

type Subject = { kind: string; id: string | null };

/** The grant for an act of a person. A refusal is an event of the chain too, in a transaction of its own; then it throws. */
export async function authorise<A extends PersonActionId>(ctx: Context, action: A, subject: Subject, ...path: OfPath<A>): Promise<Grant<A>> {
  const decision = decide(operatingModel, action, ctx.actor, ...path);
  if (decision.allowed) return decision.grant;
  await recordRefusals(ctx, action, [{ subject, because: decision.because }]);
  throw refusal(ctx, decision.because);
}

export const refusal = ({ actor }: Pick<Context, "actor">, because: string): CockpitError => new CockpitError(actor ? "FORBIDDEN" : "UNAUTHENTICATED", because);

/** Every refused attempt is an event of the chain; in a transaction of their own, because nothing else happened. */
export async function recordRefusals({ actor, now, requestId }: Context, action: PersonActionId, refused: readonly { subject: Subject; because: string }[]): Promise<void> {
  if (!refused.length) return;
  const events = refused.map(({ subject, because }): AuditEvent => ({
    at: now.toISOString(),
    action,
    outcome: "refused",
    actor: actor ? { kind: "person", id: actor.id, name: actor.name } : { kind: "nobody", id: null, name: "Nobody" },
    role: null,
    letter: null,
    subject,
    before: null,
    after: null,
    because,
    requestId,
    model: operatingModel.version,
  }));
  await inTransaction((tx) => appendAuditAll(tx, events));
}

/** The grant for a read; refusals of reads are not acts and are not audited. */
export function authoriseRead<A extends PersonActionId>(ctx: Pick<Context, "actor">, action: A, ...path: OfPath<A>): Grant<A> {
  const decision = decide(operatingModel, action, ctx.actor, ...path);
  if (!decision.allowed) throw refusal(ctx, decision.because);
  return decision.grant;
}

/** The chain's event of an act that was done under `grant`. */
export function doneEvent(grant: Grant<ActionId>, ctx: Pick<Context, "now" | "requestId">, subject: Subject, before: Plain, after: Plain): AuditEvent {
  const { actor, action, role, letter, modelVersion } = grant;
  return {
    at: ctx.now.toISOString(),
    action,
    outcome: "done",
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    role,
    letter,
    subject,
    before,
    after,
    because: null,
    requestId: ctx.requestId,
    model: modelVersion,
  };
}
