import "server-only";
import { addResolveEffect } from "@/lib/data/effects";
import { applyResolution } from "@/lib/data/escalation-writes";
import { scheduleDelivery } from "@/lib/data/outbox";
import { thegentWordFor, type Outcome } from "@/lib/domain/escalation/escalation";
import { decideResolve } from "@/lib/domain/escalation/transitions";
import { authorise } from "./authorise";
import { changeEscalation } from "./change-escalation";
import type { Context } from "./context";

export type Resolution = { id: string; version: number; outcome: Outcome; note: string; lateCause: string | null };

/** Closes an item here, and notes in the same transaction that thegent must take it up. */
export async function resolveEscalation(ctx: Context, { id, version, outcome, note, lateCause }: Resolution): Promise<void> {
  const grant = await authorise(ctx, "escalation.resolve", { kind: "escalation", id });
  await changeEscalation(ctx, grant, { id, version }, {
    decide: (item) => decideResolve(item, { personId: grant.actor.id, now: ctx.now, outcome, note, lateCause }),
    apply: applyResolution,
    also: async (tx, item) => {
      await addResolveEffect(tx, grant, id, { runId: item.runId, word: thegentWordFor[outcome], at: ctx.now.toISOString() }, ctx.now);
      await scheduleDelivery(tx, item.sourceId);
    },
    after: { status: "resolved", version: version + 1, outcome, note, lateCause },
  });
}
