import "server-only";
import { appendAuditAll } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { delegationFor } from "@/lib/data/delegations";
import { findEscalations } from "@/lib/data/escalation-writes";
import type { Plain, AuditEvent } from "@/lib/domain/chain/audit-event";
import type { EscalationPath } from "@/lib/domain/escalation/paths";
import type { ActionId, PersonActionId } from "@/lib/domain/operating-model/actions";
import { decide, decideAnywhere, type Grant, type OfPath } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { CockpitError } from "@/lib/errors";
import type { Context } from "./context";
import { admitStranger } from "./strangers";

export type Subject = { kind: string; id: string | null };

/** The grant for an act of a person. A refusal is an event of the chain too, in a transaction of its own; then it throws. */
export async function authorise<A extends PersonActionId>(ctx: Context, action: A, subject: Subject, ...path: OfPath<A>): Promise<Grant<A>> {
  const decision = decide(operatingModel, action, ctx.actor, ...path);
  if (decision.allowed) return decision.grant;
  await recordRefusals(ctx, action, [{ subject, because: decision.because }]);
  throw refusal(ctx, decision.because);
}

/**
 * The door before every act, asked before what is asked for is looked at: whoever may never do such a thing, on an item of any path nor in
 * anybody's place, is refused, which is recorded. Whoever passes may still be refused by the item's own path.
 */
export async function passDoor(ctx: Context, action: PersonActionId, subject: Subject): Promise<void> {
  const decision = decideAnywhere(operatingModel, action, ctx.actor);
  if (decision.allowed || (action === "override.decide" && (await delegationFor(ctx.actor, null, ctx.now)))) return;
  await recordRefusals(ctx, action, [{ subject, because: decision.because }]);
  throw refusal(ctx, decision.because);
}

/** The path that an act on an item is judged by. Who may do nothing of the kind is not told whether there is such an item: it is judged like a policy denial. */
export const pathToJudge = async (id: string): Promise<EscalationPath> => (await findEscalations(null, [id])).get(id)?.path ?? "policy_denial";

export const refusal = ({ actor }: Pick<Context, "actor">, because: string): CockpitError => new CockpitError(actor ? "FORBIDDEN" : "UNAUTHENTICATED", because);

type Refused = { subject: Subject; because: string; after?: Plain };

/**
 * Every refused attempt is an event of the chain; in a transaction of their own, because nothing else happened. Attempts of nobody are as
 * many as strangers like, so only so many an hour are events of their own (./strangers.ts).
 */
export async function recordRefusals(ctx: Context, action: PersonActionId | "act.from-elsewhere", refused: readonly Refused[]): Promise<void> {
  const recorded = ctx.actor ? refused : refused.flatMap((one) => admitStranger(one) ?? []);
  if (!recorded.length) return;
  await inTransaction((tx) => appendAuditAll(tx, recorded.map((one) => refusedEvent(ctx, action, one))));
}

/** The chain's event of what was refused. */
export const refusedEvent = ({ actor, now, requestId }: Context, action: string, { subject, because, after = null }: Refused): AuditEvent => ({
  at: now.toISOString(),
  action,
  outcome: "refused",
  actor: actor ? { kind: "person", id: actor.id, name: actor.name } : { kind: "nobody", id: null, name: "Nobody" },
  role: null,
  letter: null,
  subject,
  before: null,
  after,
  because,
  requestId,
  model: operatingModel.version,
});

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
