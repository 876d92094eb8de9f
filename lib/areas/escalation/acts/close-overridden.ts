import "server-only";
import { thegentWordFor } from "@/lib/areas/escalation/domain/escalation";
import { endingOf } from "@/lib/areas/escalation/domain/tells";
import { decideOverridden } from "@/lib/areas/escalation/domain/transitions";
import { findEscalations, saveItems } from "@/lib/areas/escalation/store/writes";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import type { NewEffect } from "@/lib/kernel/effect/effects";
import { CockpitError } from "@/lib/kernel/errors";
import { applyChanges } from "@/lib/kernel/subject/apply-changes";
import type { Grant } from "@/lib/model/decide";
import { items, type Planned } from "./change-escalations";

/**
 * An override of its owner closes the item it was asked from, in the transaction that decides it. Answers what thegent must take up of it: nothing
 * where the item is closed already. Throws CONFLICT when somebody changed it at the same moment.
 */
export async function closeOverridden(
  tx: Tx,
  ctx: Context,
  grant: Grant<"override.decide">,
  id: string,
  { overrideId, note }: { overrideId: string; note: string },
): Promise<NewEffect[]> {
  const item = (await findEscalations(tx, [id])).get(id);
  const closing = item && decideOverridden(item, { personId: grant.actor.id, now: ctx.now, note });
  if (!item || !closing?.ok) return [];
  const event = doneEvent(
    grant,
    ctx,
    { kind: "escalation", id },
    { status: item.status, version: item.version },
    { status: "overridden", version: item.version + 1, overrideId },
  );
  const planned: Planned<"override.decide"> = {
    grant,
    change: { before: item, next: closing.next },
    about: items.about(closing.next),
    tells: [],
    heard: items.heard(closing.overdue, item, closing.next),
    settles: endingOf("close", grant.role),
    events: [...items.timeEvents(item, closing.overdue, ctx), event],
  };
  const saved = await applyChanges(tx, saveItems, [planned], ctx.now);
  if (!saved.size)
    throw new CockpitError(
      "CONFLICT",
      "The escalation was changed at the same moment. Look at its new state, then decide again.",
    );
  return [
    {
      subjectId: id,
      kind: "thegent.resolve",
      payload: { runId: item.subject, word: thegentWordFor.overridden, at: ctx.now.toISOString() },
    },
  ];
}
