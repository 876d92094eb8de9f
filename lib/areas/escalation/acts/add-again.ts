import "server-only";
import { decideAddAgain } from "@/lib/areas/escalation/domain/transitions";
import { findFormer } from "@/lib/areas/escalation/store/former-records";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, isBeingAdded } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import { quietMinutesOf } from "@/lib/model/settings";
import type { Planned } from "./apply-changes";
import { changeEscalation, type Target } from "./change-escalations";

/** The record of an open item that vanished from thegent's queue file, resolved by nobody, is added there again, as it stood. */
export const addAgain = (ctx: Context, target: Target): Promise<void> =>
  changeEscalation(ctx, "escalation.add-again", target, {
    decide: (item, by) => decideAddAgain(item, { ...by, quietMinutes: quietMinutesOf(env().settings) }),
    says: () => ({ addedAgain: true }),
    also: (tx, saved) => write(tx, saved, ctx.now),
  });

async function write(tx: Tx, [planned]: readonly Planned<"escalation.add-again">[], now: Date): Promise<void> {
  if (!planned) return;
  const { grant, change: { before } } = planned;
  if (await isBeingAdded(tx, before.id)) throw new CockpitError("CONFLICT", "The record is being added again already.");
  await addEffects(tx, grant, [{ subjectId: before.id, kind: "thegent.add", payload: await findFormer(tx, before.id) }], now);
  await scheduleDelivery(tx, grant, before.sourceId);
}
