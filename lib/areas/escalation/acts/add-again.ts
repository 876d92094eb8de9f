import "server-only";
import { decideAddAgain } from "@/lib/areas/escalation/domain/transitions";
import { findFormer } from "@/lib/areas/escalation/store/former-records";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, isBeingAdded } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { CockpitError } from "@/lib/kernel/errors";
import type { Planned } from "./change-escalations";
import { isOpen, itemAct } from "./item-act";

/** The record of an open item that vanished from thegent's queue file, resolved by nobody, is added there again, as it stood. */
export const addAgain = itemAct({
  action: "escalation.add-again",
  title: "Add it again",
  button: { words: ["Add it to thegent's queue again", "Adding…"], place: "lost" },
  fits: (facts) => isOpen(facts) && facts.item.lostAt !== null,
  suits: ({ shown: { effectView } }) => effectView?.kind !== "thegent.add" || effectView.status === "applied",
  does: () => ({ decide: decideAddAgain, says: () => ({ addedAgain: true }), also: write }),
  timeline: () => ({
    kind: "retried",
    says: "Asked for its record, which had vanished, to be added to thegent's queue file again",
  }),
});

async function write(tx: Tx, [planned]: readonly Planned<"escalation.add-again">[], { now }: Context): Promise<void> {
  if (!planned) return;
  const {
    grant,
    change: { before },
  } = planned;
  if (await isBeingAdded(tx, before.id)) throw new CockpitError("CONFLICT", "The record is being added again already.");
  await addEffects(
    tx,
    grant,
    [{ subjectId: before.id, kind: "thegent.add", payload: await findFormer(tx, before.id) }],
    now,
  );
  await scheduleDelivery(tx, grant, before.sourceId);
}
