import "server-only";
import { v7 as uuidv7 } from "uuid";
import { endDelegation, insertDelegation } from "@/lib/areas/override/store/writes";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import { holdActor } from "@/lib/kernel/session/find-actor";
import { decideDelegation, type DelegationRejection } from "@/lib/model/delegation";
import { mostDelegationDays } from "@/lib/model/limits";

const says: Record<DelegationRejection["why"], string> = {
  "not-accountable": "Only who holds the accountable role themselves delegates; a delegate cannot delegate.",
  "not-backup": "Decisions are delegated to a person of the backup role, Security/Compliance.",
  oneself: "Nobody delegates to themselves.",
  "no-time": "The delegation must end after it begins, and in the future.",
  "too-long": `A delegation holds for ${mostDelegationDays} days at most.`,
};

/** Lets a named person of the backup role decide overrides in one's place, from–to. Both names are on every decision. */
export async function delegateDecisions(
  ctx: Context,
  { toId, from, until }: { toId: string; from: string; until: string },
): Promise<void> {
  const grant = await authorise(ctx, "override.delegate", { kind: "delegation", id: null });
  const span = { from: new Date(from), until: new Date(until) };
  const id = uuidv7({ msecs: ctx.now.getTime() });
  await inTransaction(async (tx) => {
    const to = await holdActor(tx, toId);
    if (!to || !ctx.actor)
      throw new CockpitError("INVALID", "There is no such colleague, or they may not sign in any more.", {
        toId: "Choose a colleague.",
      });
    const decision = decideDelegation(ctx.actor, to, span, ctx.now);
    if (!decision.ok) throw new CockpitError("REJECTED", says[decision.rejection.why]);
    await insertDelegation(tx, grant, { id, fromId: grant.actor.id, toId, ...span, endedAt: null }, ctx.now);
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "delegation", id }, null, { toId, to: to.name, from, until }));
  });
}

/** Ends a delegation of one's own at once. */
export async function withdrawDelegation(ctx: Context, { id }: { id: string }): Promise<void> {
  const grant = await authorise(ctx, "override.delegate", { kind: "delegation", id });
  await inTransaction(async (tx) => {
    if (!(await endDelegation(tx, grant, id, ctx.now)))
      throw new CockpitError("CONFLICT", "This delegation is over already, or is not yours.");
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "delegation", id }, { holds: true }, { holds: false }));
  });
}
