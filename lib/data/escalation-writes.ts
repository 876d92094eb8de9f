import "server-only";
import type { Escalation } from "@/lib/domain/escalation/escalation";
import type { Changes } from "@/lib/domain/escalation/transitions";
import type { ActionId } from "@/lib/domain/operating-model/actions";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { db, type Tx } from "./client";
import { currentSourceId } from "./current-source";

/** The item as the domain knows it, or null. */
export async function findEscalation(tx: Tx, id: string): Promise<(Escalation & { sourceId: string }) | null> {
  return tx.escalation.findFirst({
    where: { id, sourceId: await currentSourceId() },
    select: {
      id: true, sourceId: true, version: true, path: true, runId: true, status: true, dueAt: true,
      claimedById: true, claimedAt: true, closedById: true, closedAt: true,
      level: true, escalatedAt: true, signedOffById: true,
    },
  });
}

/** A person's name, for a sentence. */
export async function personName(id: string | null): Promise<string> {
  const person = id ? await db().person.findUnique({ where: { id }, select: { name: true } }) : null;
  return person?.name ?? "someone else";
}

type Change<A extends ActionId> = (tx: Tx, grant: Grant<A>, item: Escalation, next: Changes) => Promise<boolean>;

/** Each answers false when the item changed since it was read: nothing was written, somebody else was first. */
export const applyClaim: Change<"escalation.claim"> = (tx, _grant, item, next) => applyChange(tx, item, next);
export const applyRelease: Change<"escalation.release"> = (tx, _grant, item, next) => applyChange(tx, item, next);
export const applySignOff: Change<"escalation.sign-off"> = (tx, _grant, item, next) => applyChange(tx, item, next);
export const applyResolution: Change<"escalation.resolve"> = (tx, _grant, item, next) => applyChange(tx, item, { ...next, closedIn: "cockpit" });

async function applyChange(tx: Tx, item: Escalation, next: Changes & { closedIn?: "cockpit" }): Promise<boolean> {
  const { count } = await tx.escalation.updateMany({
    where: { id: item.id, version: item.version, status: item.status },
    data: { ...next, version: { increment: 1 } },
  });
  return count === 1;
}
