import "server-only";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import type { Plain, AuditEvent } from "@/lib/domain/chain/audit-event";
import type { ActionId, PersonActionId } from "@/lib/domain/operating-model/actions";
import { decide, type Grant } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { CockpitError } from "@/lib/errors";
import type { Context } from "./context";

type Subject = { kind: string; id: string | null };

/** The grant for an act of a person. A refusal is an event of the chain too, in a transaction of its own; then it throws. */
export async function authorise<A extends PersonActionId>(ctx: Context, action: A, subject: Subject): Promise<Grant<A>> {
  const decision = decide(operatingModel, action, ctx.actor);
  if (decision.allowed) return decision.grant;
  const { actor } = ctx;
  await inTransaction((tx) =>
    appendAudit(tx, {
      at: ctx.now.toISOString(),
      action,
      outcome: "refused",
      actor: actor ? { kind: "person", id: actor.id, name: actor.name } : { kind: "nobody", id: null, name: "Nobody" },
      role: null,
      letter: null,
      subject,
      before: null,
      after: null,
      because: decision.because,
      requestId: ctx.requestId,
      model: operatingModel.version,
    }),
  );
  throw new CockpitError(actor ? "FORBIDDEN" : "UNAUTHENTICATED", decision.because);
}

/** The grant for a read; refusals of reads are not acts and are not audited. */
export function authoriseRead<A extends PersonActionId>(ctx: Pick<Context, "actor">, action: A): Grant<A> {
  const decision = decide(operatingModel, action, ctx.actor);
  if (!decision.allowed) throw new CockpitError(ctx.actor ? "FORBIDDEN" : "UNAUTHENTICATED", decision.because);
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
