import "server-only";
import { findEscalations } from "@/lib/areas/escalation/store/writes";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { retryEffect } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { CockpitError } from "@/lib/kernel/errors";
import type { Target } from "@/lib/kernel/subject/change-subjects";
import { isOpen, itemActBy } from "./item-act";
import { pathToJudge } from "./path-to-judge";

/** A decision that could not be written to thegent is tried again now. */
export const retryEscalation = itemActBy({
  action: "escalation.retry",
  title: "Write to thegent again",
  button: { words: ["Write to thegent again now", "Asking…"], place: "receipt" },
  fits: (facts) => !isOpen(facts) && facts.shown.effectView?.status === "failed",
  perform: retry,
  timeline: () => ({ kind: "retried", says: "Asked for it to be written to thegent again" }),
});

async function retry(ctx: Context, { id }: Pick<Target, "id">): Promise<void> {
  const grant = await authorise(ctx, "escalation.retry", { kind: "escalation", id }, await pathToJudge(id));
  await inTransaction(async (tx) => {
    const item = (await findEscalations(tx, [id])).get(id);
    if (!item) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    if (!(await retryEffect(tx, grant, id)))
      throw new CockpitError(
        "CONFLICT",
        "There is nothing to write again: the decision was taken up, or is being written now.",
      );
    await scheduleDelivery(tx, grant, item.sourceId);
    await appendAudit(
      tx,
      doneEvent(grant, ctx, { kind: "escalation", id }, { effect: "failed" }, { effect: "pending" }),
    );
  });
}
