import "server-only";
import { thegentWordFor, type Escalation, type Outcome as Ending } from "@/lib/areas/escalation/domain/escalation";
import { decideCancel, decideResolve } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { Planned } from "./apply-changes";
import { changeEscalation, changeEscalations, throwIfRefused, type Outcome, type Target } from "./change-escalations";

export type Resolution = { outcome: Ending; note: string; lateCause: string | null };

/** Closes items here, and notes in the same transaction that thegent must take it up. */
export const resolveEscalations = (ctx: Context, targets: readonly Target[], resolution: Resolution): Promise<Outcome[]> =>
  changeEscalations(ctx, "escalation.resolve", targets, {
    decide: (item, by) => decideResolve(item, { ...by, ...resolution }),
    says: ({ outcome, note, lateCause }) => ({ outcome, note, lateCause }),
    settles: "close",
    also: (tx, saved) => writeBack(tx, saved, ctx.now),
  });

export const resolveEscalation = (ctx: Context, { id, version, ...resolution }: Target & Resolution): Promise<void> =>
  resolveEscalations(ctx, [{ id, version }], resolution).then(throwIfRefused);

/** Closes an item that should not be there; thegent is told so, too. */
export const cancelEscalation = (ctx: Context, { note, lateCause, ...target }: Target & { note: string; lateCause: string | null }): Promise<void> =>
  changeEscalation(ctx, "escalation.cancel", target, {
    decide: (item, by) => decideCancel(item, { ...by, note, lateCause }),
    says: (next) => ({ note: next.note, lateCause: next.lateCause }),
    settles: "close",
    also: (tx, saved) => writeBack(tx, saved, ctx.now),
  });

/** Only a policy denial has a record in thegent. */
async function writeBack(tx: Tx, saved: readonly Planned<"escalation.resolve" | "escalation.cancel">[], now: Date): Promise<void> {
  const effects = saved.flatMap(({ change: { next } }) =>
    next.runId !== null ? [{ subjectId: next.id, kind: "thegent.resolve" as const, payload: { runId: next.runId, word: wordOf(next), at: now.toISOString() } }] : [],
  );
  if (!effects.length) return;
  const { grant } = saved[0]!;
  await addEffects(tx, grant, effects, now);
  await scheduleDelivery(tx, grant, saved[0]!.change.before.sourceId);
}

const wordOf = ({ outcome }: Escalation): string => thegentWordFor[outcome ?? "cancelled"];
