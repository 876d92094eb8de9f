import "server-only";
import type { Tx } from "@/lib/data/client";
import type { NewEffect } from "@/lib/data/effects";
import { findEscalations } from "@/lib/data/escalation-writes";
import { thegentWordFor } from "@/lib/domain/escalation/escalation";
import { paths } from "@/lib/domain/escalation/paths";
import { tellsOfTime } from "@/lib/domain/escalation/tells";
import { decideOverridden } from "@/lib/domain/escalation/transitions";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { CockpitError } from "@/lib/errors";
import { applyChanges } from "./apply-changes";
import { doneEvent } from "./authorise";
import type { Context } from "./context";
import { timeEvents } from "./time-events";

/**
 * An override of its owner closes the item it was asked from, in the transaction that decides it. Answers what thegent must take up of it: nothing
 * where the item is closed already. Throws CONFLICT when somebody changed it at the same moment.
 */
export async function closeOverridden(tx: Tx, ctx: Context, grant: Grant<"override.decide">, id: string, { overrideId, note }: { overrideId: string; note: string }): Promise<NewEffect[]> {
  const item = (await findEscalations(tx, [id])).get(id);
  const closing = item && decideOverridden(item, { personId: grant.actor.id, now: ctx.now, note });
  if (!item || !closing?.ok) return [];
  const event = doneEvent(grant, ctx, { kind: "escalation", id }, { status: item.status, version: item.version }, { status: "overridden", version: item.version + 1, overrideId });
  const heard = tellsOfTime(closing.overdue, paths[item.path].activity);
  const saved = await applyChanges(tx, [{ grant, change: { before: item, next: closing.next }, tells: [], heard, settles: "close", events: [...timeEvents(item, closing.overdue, ctx), event] }], ctx.now);
  if (!saved.size) throw new CockpitError("CONFLICT", "The escalation was changed at the same moment. Look at its new state, then decide again.");
  return [{ subjectId: id, kind: "thegent.resolve", payload: { runId: item.subject, word: thegentWordFor.overridden, at: ctx.now.toISOString() } }];
}
