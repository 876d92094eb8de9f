import "server-only";
import type { DoneEvent, RefusedEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import type { After, Before } from "@/lib/kernel/chain/payloads";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import type { PersonActionId, ViewAction, WriteAction } from "@/lib/model/actions";
import { decide, decideAnywhere, type Grant, type OfPath, type Refusal } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { Context } from "./context";
import { admitStranger } from "./strangers";

export type Subject = { kind: string; id: string | null };
type When = Pick<Context, "now" | "requestId">;

/** The grant for an act of a person. A refusal is an event of the chain too, in a transaction of its own; then it throws. */
export async function authorise<A extends PersonActionId & WriteAction>(
  ctx: Context,
  action: A,
  subject: Subject,
  ...path: OfPath<A>
): Promise<Grant<A>> {
  const decision = decide(operatingModel, action, ctx.actor, ...path);
  return decision.allowed ? decision.grant : turnAway(ctx, decision, subject);
}

/** Whether the person has the right to an act by something else than their own letter. */
export type Otherwise = (ctx: Context) => Promise<boolean>;

/**
 * The door before every act, asked before what is asked for is looked at: whoever may never do such a thing, on an item of any path nor in
 * anybody's place (`otherwise`), is refused, which is recorded. Whoever passes may still be refused by the item's own path.
 */
export async function passDoor(
  ctx: Context,
  action: PersonActionId,
  subject: Subject,
  otherwise?: Otherwise,
): Promise<void> {
  const decision = decideAnywhere(operatingModel, action, ctx.actor);
  if (decision.allowed || (await otherwise?.(ctx))) return;
  await turnAway(ctx, decision, subject);
}

/** Records the refusal, then throws it. */
export async function turnAway(when: When, refusal: Refusal, subject: Subject): Promise<never> {
  await recordRefusals(when, [{ refusal, subject }]);
  throw errorOf(refusal);
}

export const errorOf = ({ actor, because }: Refusal): CockpitError =>
  new CockpitError(actor ? "FORBIDDEN" : "UNAUTHENTICATED", because);

type Refused = { refusal: Refusal; subject: Subject; after?: Plain };

/**
 * Every refused attempt is an event of the chain; in a transaction of their own, because nothing else happened. Attempts of nobody are as
 * many as strangers like, so only so many an hour are events of their own (./strangers.ts).
 */
export async function recordRefusals(when: When, refused: readonly Refused[]): Promise<void> {
  const recorded = refused.flatMap((one) => (one.refusal.actor ? one : (admitStranger(one) ?? [])));
  if (!recorded.length) return;
  await inTransaction((tx) =>
    appendAuditAll(
      tx,
      recorded.map((one) => refusedEvent(when, one)),
    ),
  );
}

/** The chain's event of what was refused. */
export const refusedEvent = (
  { now: at, requestId }: When,
  { refusal, subject, after = null }: Refused,
): RefusedEvent => ({ refusal, at, requestId, subject, after });

/** The grant for a read; refusals of reads are not acts and are not audited. */
export function authoriseRead<A extends PersonActionId & ViewAction>(
  ctx: Pick<Context, "actor">,
  action: A,
  ...path: OfPath<A>
): Grant<A> {
  const decision = decide(operatingModel, action, ctx.actor, ...path);
  if (!decision.allowed) throw errorOf(decision);
  return decision.grant;
}

/** The chain's event of an act that was done under `grant`; it tells what the act's area says that it tells. */
export const doneEvent = <A extends WriteAction>(
  grant: Grant<A>,
  { now: at, requestId }: When,
  subject: Subject,
  before: Before<A>,
  after: After<A>,
): DoneEvent<A> => ({
  grant,
  at,
  requestId,
  subject,
  before,
  after,
});
